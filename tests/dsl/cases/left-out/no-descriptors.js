// rule: r-no-descriptors
// differs: no descriptors
[Object.defineProperty, Object.defineProperties, Object.getOwnPropertyDescriptor, Object.getOwnPropertyDescriptors] // -> [undefined, undefined, undefined, undefined]
// differs: no descriptors
[({}).__defineGetter__, ({}).__defineSetter__, ({}).__lookupGetter__, ({}).__lookupSetter__] // -> [undefined, undefined, undefined, undefined]
// differs: no descriptors
Object.create({}, {a: {value: 1}}) // -> throws TypeError: Property descriptors are not part of the script language
Object.create({a: 1}, {}).a // -> 1
({a: 1}).propertyIsEnumerable("a") // -> true
