"""The binary properties of Unicode that ECMA-262 §22.2.2.9.2 names, for `\\p{Alphabetic}` and its kin.

From the Unicode Character Database, version 17.  A record: names | general categories, or a property, that come close
| the characters where the two differ.
"""

from __future__ import annotations

from functools import lru_cache

from dsl.library.regexp_categories import category_set, union
from dsl.library.regexp_sets import EVERYTHING, NOTHING, CharSet, char_set
from dsl.library.regexp_tables import Records, read_ranges, read_records

_RECORDS = """
ASCII_Hex_Digit AHex | | 1c+9 8+5 r+5 ;
Alphabetic Alpha | Lu Ll Lt Lm Lo Nl Mn Mc | lc+1w 2+s 81+4 7e+u 4p 3r+1 a+2 2c+a 4h+8 a r+1 k 18+2 1p+7 17+9 d+1
9+5 25 h 4+3 2w h 1d 1q h 33 h 1c+2 1p h 8 3c 33 h 33 h 32+1 h 3h 3h+5 2 30 e+4 2 22+1 s 2 2 5+1 1x 2+1 1r 35 2+1
mb+2 qd+1 v 3k+1 k+a a 1a+2 2 8a+2 85 l+7 3 1d+d 4+a 4+e 3+b 21 g 13+8 1j+1 1n c+1 1w 49+2 2+k 5 7 3+2 5j+i z+a k1+c
5 4+b qu+1f 1l2+2 3y iz+5 2y+1 n9x d+1 37+1 7p 12 48 s+h 1m+2 12 2o d 73 2 1h 6u+1 g7n+f h+f r2 6b 1g8+2 5 4m+1 hw+3
b4+2 1z+a 1e+3 5d 16 f 1m+1 3d+1 1r 25 9+3 2x+1 4z+1 29+1 h p+6 4+4 2i+2 2 f+1 2o 4 o 2s+1 70+1 3j 3b+1 38 7i+1 77+1
5 4d 2b+1 j 29+1 bq 77 2+1 2a bu+1 o 44m 7+e 8uy 1xd+4 1o+6 xa f5l 3mr+19 3+m f3+4 4+5 9+7 3+6 v+3 45+2 1j0+1i 5+1d
9 f n+4 2+e 1a9+6 ag 1q+3 e5+3 73+1 kh+6 32+2 2+2 1k6+p 7+p 7+p gxvb+6n ;
Bidi_Control Bidi_C | | 17g 54i+1 r+4 1k+3 ;
Bidi_Mirrored Bidi_M | | 14+1 j 2 t 2 u 2 1a g 2v3+3 1ge+1 1wd+1 b+1 1j+1 f+1 4y 5d+3 4+5 4 4+1 4+3 2+3 2 2 5+8 6
2+h 6+3 a+1 2 2+7 2+v 3+3 6 a+1 3+i 6+1 a+4 3+1 5+n 3+f 9+3 l+1 8+1 u6+d 23 3+3 2+1 2+2 6+3 6+2 4+d b8+l 3+5 2+d 9
8+5 4 5+4 2+1 3+4 5 2+2 3+1 b+5 3+1 d+i 2+3 3 2 3 2+3 6+1 7+2 p+1 c+1 5+3 2+1 3+1 5+16 3+7 2+13 6 2 4+4 6+2 5 4+4 2
75 ec+3 4+1 2+1 f+1 3+9 18+7 bw+9 3+7 14qm+5 6+1 4j+1 j 2 t 2 u 2 2+1 2+1 16k8 1m 1m 1m 1m ;
Case_Ignorable CI | Mn Me Cf Lm Sk | 13 7 c 3h k0 d4 45 55w+1 b 3 17u4 1r 3 4y 7 c ;
Cased | Lu Ll Lt | 4q g dy+8 8+1 v+4 2p 1h 2o2 2eo+1q e z+10 j6 e h+c 5g+v mv+1f 1hv+1 o4f+1 5v 3l+3 4+1 o3+3 a i6v
3+2 2+15 2+8 16ra+1p 3b7+p 7+p 7+p ;
Changes_When_Casefolded CWCF | Lu Lt | 51 16 2y 1i cm 3h e+6 q+1 4 b6 2s9+2d 3+5 1oj+8 eq+1 6d+7 9+7 9+7 b+2 3 b+2 3
17+2 3 7f 5 4+2 3+2 3 4+4 7 4 4+1 3+1 2 b+1 6 r+f nb+p qld+27 fnl+6 d+4 16uh+p r+p r+p r 2+1 3 3+1 3+3 2+7 r+p r+1
2+3 3+7 2+6 s+1 2+3 2+4 2 4+6 s+p r+p r+p r+p r+p r+p v+o y+o y+o y+o y+o y ;
Changes_When_Casemapped CWCM | Lu Ll Lt | 8o 2d t+1 f 4 2r j+5 s 3 2 3+2 3 5 6+1 2 3+1 2+6 2+1 2 3+2 7+4 2 3+6 3+g
46 3x+2 14 9w 14 4mw+17 1s+c 3+2 2+f 2+b 76+1 2 gz 5 3+9 2 4+4 7 4 4+1 2+2 2+1 5 3+3 6+4 n+v mv+1f 1hk 3 3+4 2x
o5o+1 1s+7 m 7 q 23 mu+y 2+6 6+8 1ml4+2c 2+1y 2+1 3 3+1 3+3 2+b 2 2+6 2+1s 2+3 3+7 2+6 2+r 2+3 2+4 2 4+6 2+9f 3+o
2+o 2+u 2+o 2+u 2+o 2+u 2+o 2+u 2+o 2+7 1f9+9 2+j 7+5 ;
Changes_When_Lowercased CWL | Changes_When_Casefolded | 51 16 2y 1i cm 3h e+1 4+1 q+1 4 b6 2s9+2d 3+5 1oj+8 eq+1
6d+7 9+7 9+7 b+2 3 b+2 3 17+2 3 rjt+27 fnl+6 d+4 ;
Changes_When_NFKC_Casefolded CWKCF | Changes_When_Casefolded | 4g 8 2 3 2 3+2 4+2 2+2 39 d 3q 3 3 13 59+8 w+5 3+4
2k+1 2+1 b 11 6 4 6+1 2 23+2 u fe 2h+3 kg+7 3h+1 2 2c 3 z+2 3 72+1 k6 3k 15+1 1b 1j a 5 5 5 d a 2+4 8 i a 5 5 5 d 8z
2r+1 190+1 2e+4 10d+2 2+a 2+h 2+r e z+10 c2 2 2 2 2 2 2 1s+4 c+2 4 a+2 4 a+2 e+1 2+f 2 6 d+2 4+5 4+1 2+1 5 2 9+2 e
8+i 3+q 2+c c 2g+3 2+2 2+a 2+1 3+4 3+2 2 4 4+1 2+2 2+6 2+5 5+4 7+f h+f a 4j+1 2+1 6x+1 8m+2d r+q 10i 2w+2 2u bk+1 6q
8g 2c d+5x 17 1i 2+2 2p+1 3 2o 1e+2l 4+d 2p+u 2+13 9+1a 2+an mn1+1 5v 3l+3 4+1 o3+3 a fbr+7h 3 2 3+9 2 2 3+1 4+1v
3+2x 1w 2+n 2+4 2 2+1 2+1 2+2z y+a2 j+1r 3+1h 15+c 4+p n+k 3+b 2+i 2+3 5+2 2 2+3q 3 2+v r+3n 4+5 3+5 3+5 3+2 4+6 2+6
2+8 1hl+4 2+15 2+8 zqe+3 377+z v9+6 f+7 1t+5 g0+2c 2+1y 2+1 3 3+1 3+3 2+b 2 2+6 2+1s 2+3 3+7 2+6 2+r 2+3 2+4 2 4+6
2+9f 3+83 3+1d 1m9+1p 2oj+3 2+q 2+1 2 3 2+9 2+3 2 2 7 5 2 2 2+2 2+1 2 3 2 2 2 2 2+1 2 3+3 2+6 2+3 2+3 2 2+9 2+g 6+2
2+4 2+g g5+a 6+u 2+v r+2 10 34+2 e+17 5+8 8+1 1wf+9 1ds7+f1 fher+35r ;
Changes_When_Titlecased CWT | Ll | 8o 2d t+1 f 4 6 3 3 13 1c j+5 s 3 2 3+2 3 5 6+1 2 3+1 2+6 2+1 2 3+2 7+4 2 3+6 3+g
46 53 9w 14 288+16 3+2 2dd+17 1s+c 3+2 2+f 2+b 76+1 2 h7 4+1 4 s 5 5 3+1 9+3 13+f nl+p 1hk 3 3+4 2x o5o+1 1s+7 m 7 q
23 mu+y 2+6 6+8 1mlu+p r+6 2+h r+p r+3 2 2+6 2+a r+p r+p r+p r+p r+p r+p r+p r+p r+r t+o 2+5 r+o 2+5 r+o 2+5 r+o 2+5
r+o 2+5 2 1f9+9 2+j 7+5 ;
Changes_When_Uppercased CWU | Changes_When_Titlecased | ck+1 2+1 2+1 12+1 2xq+16 3+2 2vd+7 9+7 9+7 d g 1c ;
Dash | Pd | 6dv 14 g av ;
Default_Ignorable_Code_Point DI | Bidi_Control | 4t iq 2s0+1 190+1 2e+4 1ks+2 2b+5 5+5 3cl 14f0+f 6o 4h 28+8 119k+3
440+7 h406+35r ;
Deprecated Dep | | 95 10q 1s4 2 1m2+1 1qe+5 je+1 jh07 ;
Diacritic Dia | | 2m 2 20 7 5 3+1 e0+4e 2+7 6+5 i+1 5 a+1 72+4 5u 1k+18 2 2+1 2+1 2 3o+7 5+1 3r+1 5+1 4+2 1w+q 2k+a
1n+a z+1 3j+7 16+9 h+r 1q h 4+3 t 23 h 33 h 33 h 1c+2 1p h 8 3c 33 h 33 h 32+1 h 3h 34 d+5 2 30 e+4 24+1 s 2 2 5+1
1v+2 2+1 1r 35 2+1 15+1 5+4 q+6 2 b+1 jm+2 qd+1 v 45+a a 9o+2 85 l+7 3 1d+e 3+a 4+e 3+b 21 g 13+8 1j+1 1n c+1 1v+1
1t+5 2b+o 5 7 3+2 1f+1q 1d+z 6+b 12+a ce 2+2 c+2 e+2 e+2 e+1 2k1+2 8u e3+5 2y+3 2o n77 d+1 2 t+1 2b+1 f+x 2v+2 2v
7+1 d 12 48 s+h 1m+3 11 2o d 11 46+2 1u+3 1g 2t+4 a+2 3l+1 fn5 le+f 7j 2 1c 1a+1 1w l9 ww+5 2+15 2+8 hq+2 5 4m+1
fw+5 13 r+4 b1 3+2 1z+a 1e+3 5d 16 21+1 3d+1 1r 25 a+2 2x+1 4z+1 29+1 h p+6 4+4 2i+2 2+1 e+1 2o 4 3g+1 70+1 3j 3b+1
38 7i+1 77+1 5 4d 2c j 2a bq 77 2+1 2a 1u a0+1 o 44t+e 8uy 1xd+4 1o+6 fp+1 f7+g 29+1 cn3+3 2+6 2+1 64i+19 3+m f5+2
4+5 9+7 3+6 v+3 2v7+1p 5f+6 ag 1q+3 lb+1 kh+6 32+2 2+2 ;
Emoji | | z 7 6+9 34 5 68e d 61 n 2j+5 g+1 a8+1 d 4n q+a 5+2 5k 6g+1 b a 1n+3 2+4 a 3 3+1 3 5 3 2+1 3 4 4+1 9+2 6 2
6+b c+1 3 2+1 2 j 3+1 j+5 2 2+1 4+1 6 3+1 5+1 c+1 6+1 3 6+1 2 2+1 l+1 6+5 2+3 3 5 3 3+5 2 3 2 2 7 4 7 b+1 g 3 5 2
5+2 2 c+1 1d+2 a f f ad+1 cw+2 k+1 1g 5 yj d gq 2 2fzf 5n 4h+1 d+1 f 3+9 24+p 2+1 o l 3+8 m+1 4v+x 3+33 3+1 2+2 3+2a
3+2 2+7a 2+1q c+5 2+n 8+1 3+7 d 3+3 3 5+1 e+1 3 9+1 a 6+2 d+2 9+2 3 2 5 7 4 7+2d 1d+1x 6+7 3+3 4+9 4 2+1 4 3+9 6c+b
5 7w+1a 2+9 2+54 35+c 4+a 4+1k 2 5+f 3+b 5+9 ;
Emoji_Component EComp | | z 7 6+9 6ac 5y 17os 1c5z+p e4+4 14h+3 gw31+2n ;
Emoji_Modifier EMod | | 2qrf+4 ;
Emoji_Modifier_Base EBase | | 7j1 64 h+3 2iyg 1p+2 3 3+2 3a+1 3+a m+i 4 5+2 2+2 8 2 p 5m+1 5 m 5+1 4v+2 4+4 2c h+2 a
c g0 3 9+7 7 a+9 3+2 1l 1q+1 2+1 2 i+2 2+c 6e+2 17+8 ;
Emoji_Presentation EPres | | 6xm+1 5q+3 4 3 ei+1 m+1 1f+b 18 k e 9+1 i+1 6+1 9 6 m 8+1 2 5 3 8 5+1 t 10 2 5+2 2 1q+2
p f nw+1 1g 5 2hf3 5n 5b 3+9 24+p 2 p l 3+4 2+2 m+1 4v+w d+8 2+1x 2+l d+16 5+4 d+g 4 4+1y 2 2+56 3+1q e+3 2+n j r+1
e 2f+2c 1d+1x 7 4+2 3+3 4+3 c+1 8+8 6c+b 5 7w+1a 2+9 2+54 35+c 4+a 4+1k 2 5+f 3+b 5+9 ;
Extended_Pictographic ExtPict | Emoji | z 7 6+9 2pyr+3 2t+b g+1 g g 12+9 4v+29 4+c 19+3 a+6 3+d 7+49 70+4 ka+2 i+2
e+2 63+5 d+3 2+e d+3 1l+7 b+5 15+7 v+1 d+3 3+d a+12 9l+7 f+1 e+2 c+2 1m 2+3 h+1 d+3 b+6 75+sd ;
Extender Ext | | 53 ex+1 of ca hj 3u 2i kx 3k 1tw 1l h0 b3 1x 3uy 18+4 2w+1 2m+2 lxz 16f qr n 3u 31 m+1 gos 1ld+1
158 s 5 y0 86 39+1 dv+2 y8 n5 fah+1 wt+1 2 f+1 mdl+1 xe np+2 ;
Grapheme_Base Gr_Base | Lu Ll Lt Lm Lo Mc Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs | 1xa p 9z p 2v p 6h 2 5+1
2+1 a+1 2w p 3c g 1ti v sh 6 2 6+1 2u 20+1 3zv+1 nxg 31 gym+1 3kx 39 7d f a 2p a 3 2+2 6 69 d 6q 7b hm d 16s fxr+1
j90+1 7+5 ;
Grapheme_Extend Gr_Ext | Mn Me | 1xa p 9z p 2v p 6h 2 5+1 2+1 a+1 2w p 3c g 1ti v sh 6 2 6+1 2u 20+1 t5 36q+1 nxg 31
gym+1 3kx 39 7d f a 2p a 3 2+2 6 69 d 6q 7b hm d 16s fxr+1 j90+1 7+5 h41a+2n ;
Hex_Digit Hex | ASCII_Hex_Digit | 1eds+9 8+5 r+5 ;
IDS_Binary_Operator IDSB | | 9gw+1 3+9 du ;
IDS_Trinary_Operator IDST | | 9gy+1 ;
ID_Continue IDC | Lu Ll Lt Lm Lo Nl Mn Mc Nd Pc | 53 k0 34y+8 19l 182+1 7f m 2kh h8+1 2n 14ru ;
ID_Start IDS | Lu Ll Lt Lm Lo Nl | 4ud+1 1oy m 2kh h8+1 ;
Ideographic Ideo | | 9hi+1 q+8 f+2 qu+533 1t+g73 hkx+a5 3+2x n4b e+4 a+5p1 16+v 2q+36 70e+az f7p+wyn x+3dp 3+4gd
3+5rk g+h9 1wj+f1 15v+3t6 6+6jt ;
Join_Control Join_C | | 6bw+1 ;
Logical_Order_Exception LOE | | 2tc+4 3g+4 25t+2 3 smz+1 3 2+1 ;
Lowercase Lower | Ll | 4q g dy+8 8+1 v+4 2p 1h 2o2 2eo+1q e z+10 j6 e h+c 5w+f nl+p 1hv+1 o4f+1 5v 3l+3 4+1 o3+3 a
i6v 3+2 2+15 2+8 16ra+1p ;
Math | Sm | 2m oi+2 3 r+1 3+1 5k1 s+2 c x+3 p+1 f+1 1u+c 5 4+1 5+4 j 5 3+9 2 4+4 7 4+1 3+1 2+2 2+5 4+3 6+4 24+4 3+3
2+1 2+1 2 2+4 3+1 5+1 5+h 3+1 2 2+6 2 7+1 83+3 4p+1 2 p i ce+1 d+8 6+4 6+1 3+1 4+4 f 2 3+5 p+1 1m 2 u+3 a+1 9j+1 w+9
b8+l 1s+3 x+1 15yc 2 5 5w 2 160y+2c 2+1y 2+1 3 3+1 3+3 2+b 2 2+6 2+1s 2+3 3+7 2+6 2+r 2+3 2+4 2 4+6 2+9f 3+o 2+o 2+u
2+o 2+u 2+o 2+u 2+o 2+u 2+o 2+7 3+1d 4ch+3 2+q 2+1 2 3 2+9 2+3 2 2 7 5 2 2 2+2 2+1 2 3 2 2 2 2 2+1 2 3+3 2+6 2+3 2+3
2 2+9 2+g 6+2 2+4 2+g ;
Noncharacter_Code_Point NChar | | 1e4w+v en+1 1ekf+1 1ekf+1 1ekf+1 1ekf+1 1ekf+1 1ekf+1 1ekf+1 1ekf+1 1ekf+1 1ekf+1
1ekf+1 1ekf+1 1ekf+1 1ekf+1 1ekf+1 1ekf+1 ;
Pattern_Syntax Pat_Syn | ASCII_Hex_Digit | x+11 l+3 2+6 l+3 z+6 2 2+1 2 2+1 5 5 4 o w 655+n 9+e 3+i 2+9 8i+jz 4h+hh
v+vf e9+3j aq+2 5+o g 14i6+1 7a+1 ;
Pattern_White_Space Pat_WS | | 9+4 j 2t 689+1 p+1 ;
Quotation_Mark QMark | | y 5 3o g 671+7 q+1 2rs cq+3 e+2 14pu+3 5a 5 2j+1 ;
Radical | | 96o+p 2+2g d+5x ;
Regional_Indicator RI | | 2qcm+p ;
Sentence_Terminal STerm | | x d h 11m 44+2 51 18+2 6v 1q 2 4+1 86+1 1d1+1 lz 5+1 li 5j+1 4e+1 1a 6 8r+1 9v+3 4j+1
b+1 3+1 u+2 58+1 1u+1 px o+1 a+2 2i8+2 8j e n+1 by n3x 7j+1 6c 4 an+1 2f+1 2o 49+1 44+2 41+1 6y g87 3+1 1o 4+1 4q d
h 1u 25x+1 zi+4 19+3 5a+1 3a+3 3k+2 3m+1 7 h+1 2h+1 2+1 31 8b+1 3a+1 ae+1 6+e 2y+1 6y+2 ee 2 70+1 2g+1 bp+1 j9+1
23+1 eui+1 3q 1u+1 c fe+1 89 fev 5wp ;
Soft_Dotted SD | | 2x+1 5h 7u v 1h l 8x 2r 2 4y2 1g e 4 3p 4e bq 5z+1 27n 2bom+1 1f+1 1f+1 1f+1 1f+1 1f+1 1f+1 1f+1
1f+1 1f+1 1f+1 1f+1 1f+1 1on 8i+1 r ;
Terminal_Punctuation Term | Sentence_Terminal | 18 e+1 n7 9 fw 21 f 6g+7 2 6k 1k+5 3 2+2 y 16k+1 4t 5+5 un 2+3 p1+2
6h 4 14 2+1 3 np 68+2 3k2 b 2+1 c2 n3x 7j 6f+2 k1 7s ghd+1 3+1 53 e+1 21 u3 1d w7 5k cx+5 1x+5 2i+3 x9+4 dp er d+1
a1+1 yk+1 bl 1a 1kv+4 dz9 ny lbk 2+1 ;
Unified_Ideograph UIdeo | | a9s+533 1t+g73 hsf+1 2 2+1 b 2 2+1 3+2 1fpz+wyn x+3dp 3+4gd 3+5rk g+h9 3hf+3t6 6+6jt ;
Uppercase Upper | Lu | 6lc+f nb+p 2ixt+p 7+p 7+p ;
Variation_Selector VS | | 4qz+2 2 19f5+f i9yp+6n ;
White_Space space | Zs Zl Zp | 9+4 3c ;
XID_Continue XIDC | ID_Continue | oq 8wx+1 148y+5 bb+1 39 2 2 2 2 2 2 2 ;
XID_Start XIDS | ID_Start | oq 249 3k 6p4+1 148y+5 bb+1 39 2 2 2 2 2 2 2 80+1
"""


@lru_cache(maxsize=1)
def _records() -> Records:
    return read_records(_RECORDS)


def binary_set(name: str) -> CharSet | None:
    """The characters that have the property *name*; None if there is no such property."""
    match name:
        case "Any":
            return EVERYTHING
        case "ASCII":
            return char_set([(0, 127)])
        case "Assigned":
            return (category_set("Cn") or NOTHING).inverted()
    record = _records().get(name)
    if record is None:
        return None
    near = record[0].strip()
    close = binary_set(near) if near in _records() else None
    return (union(near) if close is None else close).differing(read_ranges(record[1]))
