# Programs on lines of text.
seq 1 20 >n; printf 'root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nuser:x:1000:1000:A User,,,:/home/user:/bin/sh\n' >p; printf 'one\ttwo three\n\n\n  four  \nfive' >t
head -n 3 n; head -3 n; head -c 5 n; echo; head -n -17 n; head -c -45 n; head -n 1 n p
tail -n 3 n; tail -3 n; tail -n +18 n; tail -c 4 n; tail -c +49 n; tail -n 1 n p; tail -n 0 n; tail -n 5 <n
cat n p | wc; wc n p; wc -l n; wc -lc n p; wc -w <t; wc -L n; wc -m t; wc -c <n
cat -n t; cat -b t; cat -s t; cat -A t; cat -E t; cat -T t; cat - p <n | head -n 21 | tail -n 2
sort -n n | head -3; sort -r n | head -3; sort -t: -k3n p; sort -t: -k1,1r p; sort -k2 t; sort -u n n | wc -l; sort -c n; echo $?; sort -nc n; echo $?
printf '1.5\n-3\n0.25\n10\n-0.5\nabc\n-0\n0\n' | sort -n; printf '2K\n1M\n3\n1G\n' | sort -h; printf 'a10\na9\na1.2\na1.10\n' | sort -V; printf 'B\na\nC\nb\n' | sort -f; printf 'b 2\na 10\nc 1\n' | sort -k2,2nr; printf 'x b\ny a\nz b\n' | sort -s -k2,2; sort -n -o n2 n; cmp n n2; printf ' b\na\n' | sort -b
printf 'a\na\nb\nB\na\n' >u; uniq u; uniq -c u; uniq -d u; uniq -u u; uniq -i u; uniq -ci u; printf '1 x\n2 x\n3 y\n' | uniq -f 1; printf 'ax\nbx\n' | uniq -s 1; printf 'ab\nac\n' | uniq -w 1
cut -d: -f1,3- p; cut -c2-3 n; cut -f2 t; cut -s -f2 t; cut -d: -f1 --output-delimiter=, p; cut -b1 p; cut -c-2,5 p; cut -d' ' -f2 t
tr a-z A-Z <p; tr -d 0-9: <p; tr -s ' \n' <t; tr -cd '[:alpha:]\n' <p; tr '[:lower:]' '[:upper:]' <t; echo hello | tr el ip; echo aabbcc | tr -s a-c x; printf '%s\n' 'a\b' | tr '\\' /; echo abc | tr -d '\142'; echo 12345 | tr 1-5 a; echo abc | tr abc 'x[y*]'
nl p; nl -ba t; nl -w 3 -s . -v 5 -i 5 p; rev p; tac p; printf 'no end' | tac; printf 'x\ny' | rev
grep root p; grep -n 1 n | head -3; grep -v : t; grep -c 1 n; grep -c 1 n p; grep -l root n p; grep -L root n p; grep -o '[0-9]' p | head -4; grep -E '^(1|2)$' n; grep -F . n; echo $?; grep -i ROOT p; grep -w root p; grep -x 1 n; grep -q 1 n; echo $?; grep nothing n; echo $?
grep -A1 5 n; grep -B1 5 n; grep -C1 '^5$' n; grep -A1 '^1$\|^9$' n; grep -m 2 1 n; grep -e 1 -e 2 n | wc -l; grep -h root p p; grep -H root p; grep '\(.\)\1' p; grep -on 1 n | head -3; grep '' t | wc -l; grep -s x nonexistent; echo $?; printf '1\n2\n' >pats; grep -xf pats n; grep '[[:space:]]' t; grep 'a\{1,\}' p; grep -E 'o+t|r{2}' p; grep -vc 1 n; mkdir d; cp p d; grep -r root d; egrep 'a|b' p | wc -l; fgrep '.' n | wc -l
expr 1 + 2 \* 3; expr \( 1 + 2 \) \* 3; expr 7 / 2 - 7 % 2; expr abc : 'a\(.\)c'; expr abc : b; expr abcd : 'ab*'; expr length hello; expr substr hello 2 3; expr index hello l; expr 5 \> 3 \& 2; expr a = b; expr '' \| 0; echo $?; expr 2 - 2; echo $?; expr 10 \< 9; expr a10 \< a9; expr 1 / 0; echo $?
seq 5; seq 2 4; seq 10 -3 1; seq -w 8 11; seq 0 0.5 2; seq -s, 3; seq 5 1; seq -1 1; seq 1 0.25 2; seq -w 0 50 100
yes | head -n 2; yes a b | head -n 1; echo a b c | xargs -n 1 echo x; seq 7 | xargs -n 3; printf 'a b\nc\n' | xargs -I{} echo '<{}>'; echo "a 'b c' \"d e\" f\\ g" | xargs -n 1 echo; printf 'a\0b c\0' | xargs -0 -n 1 echo; xargs -r echo no </dev/null; xargs echo empty </dev/null; echo 1 2 | xargs -t echo 2>&1; echo x | xargs false; echo $?; echo a,b | xargs -d , -n 1 echo
printf 'a\nb\n' | tee f1 f2 >/dev/null; cat f1 f2; echo c | tee -a f1; cat f1; split -l 8 n s; head -n 1 saa sab sac; split -b 20 -d -a 3 n q; cat q000 q001 q002 | cmp - n; ls s?? q*
printf 'ab\0cdefg\0hi there\n' >bin; strings bin; strings -n 8 bin; strings -t d bin; base64 bin; base64 bin | base64 -d | cmp - bin; printf a | base64; printf abc | base64 -w 2
