# sed
seq 1 12 >n; printf 'hello world\nfoo bar\n\nlast line\n' >t
sed -n 2,4p n; sed '2,4d;s/1/X/g' n; sed -e 4q n; sed -n '$p' n; sed -n '$=' n; sed '/5/,/8/s/^/>/' n; sed '5,+2d' n; sed '1~3d' n; sed '/1/!d' n; sed '2!d' n; sed '9,2p' -n n; sed -n '/3/,5p' n; sed -n '2,/1/p' n
sed 's/o/0/' t; sed 's/o/0/2' t; sed 's/o/0/g' t; sed 's/\(.\)\(.\)/\2\1/' t; sed -E 's/(.)(.)/\2\1/g' t; sed 's/x*/-/g' t; sed 's/l*/[&]/g' t; sed -n 's/o/0/p' t; sed 's/hello/a\&b/' t; sed 's/ /\n/' t; sed 's,/,x,;s|o|/|' t; sed 's/[/]/x/' t; sed 's/O/x/I' t; sed 's/^/> /;s/$/ </' t; sed -E 's/(foo|last) (b?)/<\1|\2>/' t; sed 's/.*/\U&/;s/HE/\L&/' t; sed 's/\bfoo/x/;s/\w/W/' t | head -n 1 | wc -l
sed '2a\
added
2i\
inserted
3c\
changed' t; sed '1a one line' t; sed '$!N;P;D' t; sed '$!N;s/\n/+/' t; sed G t; sed -n '1!G;h;$p' t; sed ':a;N;$!ba;s/\n/,/g' n; sed 'n;d' n; sed 'y/abc/xyz/' t; sed -n l t; printf 'a\tb\\c\001\n' | sed -n l; sed = t | head -n 4; sed '/foo/{s/foo/FOO/;s/bar/BAR/;}' t; sed -n '/foo/{p;p}' t; sed 'x;p;x' t | head -n 4; sed 's/hello/X/;t;s/$/ no/' t; sed 's/hello/X/;T;s/$/ yes/' t; sed '2,3c\range' t; sed '/^$/d' t; sed 's/a/b/;ta;s/$/!/;:a' t
printf 'r1\nr2\n' >r; sed '2r r' t; sed 'r nonexistent' r; sed -n '/foo/w out' t; cat out; sed 's/foo/x/w out2' t >/dev/null; cat out2; sed -i 's/r/R/' r; cat r; sed -i.bak 's/R/Q/' r; cat r r.bak; sed -n '1p' n r; sed -s -n '1p' n r; sed -n '$p' n r; printf 'a\nb' | sed 's/b/c/'; echo; printf 's/a/b/\n# comment\ns/b/c/\n' >script; echo a | sed -f script; sed -e 's/h/H/' -e 's/w/W/' t; sed '0,/o/s//0/' t; sed 's/\(h\)\(e\)/\2\1/;s//x/' t; sed -z 's/\n/|/g' t; echo; sed q5 t >/dev/null; echo $?; sed --nosuch t 2>/dev/null; echo $?; sed 'k' t 2>/dev/null; echo $?; sed 's/a' t 2>/dev/null; echo $?; sed -n '/a/,/b/{//!p}' t; sed 's/[^[:alnum:]]//g' t; sed 's/[]]/x/;s/[^]]/y/' t; echo 'a.b*c' | sed 's/\./-/;s/\*/+/'; echo aXb | sed 'sXaX_X'; echo 'a|b' | sed 's|a\|b|x|'; sed '5d;5q' n
