; The first instructions: from the Multiboot loader's flat 32-bit mode to C code at 3 GiB.
;
; State on entry (Multiboot 0.6.96, section 3.2): eax = 0x2badb002, ebx = physical address of the facts, paging
; off, interrupts off, flat segments of which nothing else may be assumed, no stack.
; This section is linked where it is loaded, so that every loader finds the entry point at its physical address. The
; two tables below map the first 8 MiB, at 0 for the jump only and at 3 GiB for good; kernel/mm/direct.c goes on
; from there. Nothing here can fail: from the jump on the early trap table (arch/i386/idt.c) reports what does.

bits 32

KERNEL_BASE	equ 0xC0000000
PTE_FLAGS	equ 0x163		; global, dirty, accessed, writable, present (SDM vol. 3, table 4-6)
PDE_FLAGS	equ 0x023		; accessed, writable, present
CR0_PG_WP	equ 0x80010000

extern swapper_pg_dir
extern direct_tables_boot
extern boot_stack_top
extern start_high

section .boot progbits alloc exec nowrite align=4
header:
	dd 0x1BADB002			; magic
	dd 0x00000003			; modules on page boundaries, memory facts please
	dd -(0x1BADB002 + 0x00000003)	; sum is zero

global start
start:
	cld
	mov edi, direct_tables_boot - KERNEL_BASE
	mov ecx, 2048
	mov edx, PTE_FLAGS
.fill:
	mov [edi], edx
	add edi, 4
	add edx, 0x1000
	loop .fill
	mov esi, swapper_pg_dir - KERNEL_BASE
	mov edx, direct_tables_boot - KERNEL_BASE + PDE_FLAGS
	mov [esi], edx
	mov [esi + 768 * 4], edx
	add edx, 0x1000
	mov [esi + 769 * 4], edx
	mov cr3, esi
	mov ecx, cr0
	or ecx, CR0_PG_WP
	mov cr0, ecx
	mov esp, boot_stack_top
	xor ebp, ebp			; backtraces end here
	push ebp
	mov edx, ebx			; regparm: start_high(magic, facts) never returns; it drops the low copy
	mov ecx, start_high
	jmp ecx
