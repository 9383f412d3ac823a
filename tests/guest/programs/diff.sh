# diff
seq 1 30 >a; sed '5d;10s/$/x/;20i\new' a >b; diff a b; echo $?; diff -u -L a -L b a b; diff a a; echo $?; diff -q a b; diff -s a a; diff a nonexistent 2>/dev/null; echo $?
seq 1 100 >c; sed '5d;10s/$/x/;20i\new
50,60d;99d' c >d; diff c d; diff -u -L c -L d c d; diff -U 1 -L c -L d c d; diff d c | head -n 5; : >e; diff e a | head -n 3; diff a e | tail -n 2; diff -u -L e -L a e a | head -n 4
printf 'a\nb' >x; printf 'a\nb\n' >y; diff x y; diff -u -L x -L y x y; printf 'A  b\nc\n' >p; printf 'a b\n\nc\n' >q; diff -i p q; diff -b p q; diff -ibB p q; echo $?; diff -w p q; printf 'a\0b' >bin1; printf 'a\0c' >bin2; diff bin1 bin2; echo $?
mkdir m n; cp a m; cp b n/a; echo only >m/o; echo other >n/t; mkdir m/s n/s; echo 1 >m/s/f; echo 2 >n/s/f; diff m n; diff -r m n; diff -rq m n; diff -rN m n | tail -n 4; diff a m; diff m/a b
printf 'a\nb\nc\na\nb\nb\na\n' >f; printf 'c\nb\na\nb\na\nc\n' >g; diff f g | grep -c '^[<>]'; cat f | diff - f; echo $?
