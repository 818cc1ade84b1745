/** An error as the system gives it. */
export function systemError(code: string): Error {
	return Object.assign(new Error(`connect ${code} 1.2.3.4:443`), { code });
}
