// rule: r-nesting
«[ x 150»«] x 150»; 1 // -> 1
// differs: nesting is bounded
«( x 201»1«) x 201» // -> syntax error 1:201: the script is nested too deeply: more than 200 brackets are open
// differs: nesting is bounded
«! x 201»1 // -> early error: the script is nested too deeply: more than 200 constructs within one another
«{ x 150»1«} x 150» // -> 1
// differs: chains are bounded
1«+ 1 x 501» // -> early error: more than 500 operators follow one another: split this into several statements
1«+ 1 x 499» // -> 500
// differs: chains are bounded
a«.b x 501» // -> early error: more than 500 members and calls follow one another: split this into several statements
// differs: nesting of loops is bounded
«while (1) { x 25»«} x 25» // -> early error
0 «? 1 : 0 x 150» // -> 0
1«, 1 x 3000» // -> 1
if (0) {} «else if (0) {} x 400» else 5 // -> 5
