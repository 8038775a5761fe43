"""Warm kernels: started once, they execute one notebook after the other, each in a clean namespace."""

import asyncio
import os
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL
from types import TracebackType
from typing import Any, Self

from kyodo_analysis.desk.widget import SESSION

_CELL_SECONDS = 1800
_SECONDS_TO_START = 60
_SECONDS_TO_END = 20
_WARM_UP = (
    "import kyodo_analysis.notebook, kyodo_analysis.output.drawing\n"
    "from kyodo_analysis import charts, measures"
)
_CLEAN = "get_ipython().reset(new_session=True)"


class Kernels:
    """Some kernels of one folder, used as a context; none of them outlives it.

    Parameters
    ----------
    folder : Path
        Where the notebooks stand and are executed.
    n : int, default 2
        How many notebooks may be executed at once.
    environment : mapping, optional
        Variables for the kernels, besides those of this process.
    """

    def __init__(
        self, folder: Path, *, n: int = 2, environment: Mapping[str, str] | None = None
    ) -> None:
        self.folder, self.environment = folder, {**os.environ, **(environment or {})}
        if "PYTHONPATH" in self.environment:  # the kernels start in another folder
            paths = self.environment["PYTHONPATH"].split(os.pathsep)
            self.environment["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, paths))
        self.environment.pop(SESSION, None)  # nobody is at a screen, even if one started the job
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._idle: asyncio.Queue[_Kernel] = asyncio.Queue()
        self._all = [_Kernel(self) for _ in range(n)]

    def __enter__(self) -> Self:
        self._thread.start()
        for kernel in self._all:
            self._submit(self._open(kernel))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(Exception):
            self._submit(self._close()).result(_SECONDS_TO_END)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_SECONDS_TO_END)
        if not self._thread.is_alive():
            self._loop.close()

    def execute(self, notebooks: Iterable[Any]) -> "list[Future[None]]":
        """Execute notebooks in place, as kernels come free; each future ends with its notebook.

        A future raises what nbclient raises when a cell fails or a kernel dies.
        """
        return [self._submit(self._execute(notebook)) for notebook in notebooks]

    def _submit(self, coroutine: Any) -> "Future[Any]":
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    async def _open(self, kernel: "_Kernel") -> None:
        try:
            await kernel.start()
        finally:
            await self._idle.put(kernel)

    async def _execute(self, notebook: Any) -> None:
        kernel = await self._idle.get()
        try:
            await kernel.execute(notebook)
        finally:
            await self._idle.put(kernel)

    async def _close(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.gather(*(kernel.end() for kernel in self._all), return_exceptions=True)


class _Kernel:
    """One kernel, started anew where it died."""

    def __init__(self, kernels: Kernels) -> None:
        self.kernels = kernels
        self.manager: Any = None
        self.client: Any = None

    async def start(self) -> None:
        from jupyter_client.manager import AsyncKernelManager

        self.manager = AsyncKernelManager(kernel_name="python3")
        await self.manager.start_kernel(
            cwd=str(self.kernels.folder),
            env=self.kernels.environment,
            stderr=DEVNULL,  # what a kernel says of its own end concerns nobody
            extra_arguments=["--IPKernelApp.log_level=ERROR"],
        )
        self.client = self.manager.client()
        self.client.start_channels()
        await self.client.wait_for_ready(timeout=_SECONDS_TO_START)
        self.client.allow_stdin = False
        await self.do(_WARM_UP)

    async def do(self, code: str) -> None:
        """Run code that leaves no trace in a notebook."""
        message = self.client.execute(code, silent=True, store_history=False)
        while (await self.client.get_shell_msg())["parent_header"].get("msg_id") != message:
            pass

    async def execute(self, notebook: Any) -> None:
        from nbclient import NotebookClient

        if self.manager is None or not await self.manager.is_alive():
            await self.end()
            await self.start()
        await self.do(_CLEAN)
        client = NotebookClient(
            notebook, km=self.manager, timeout=_CELL_SECONDS, record_timing=False
        )
        client.kc = self.client
        await client.async_execute()

    async def end(self) -> None:
        if self.manager is None:
            return
        if self.client is not None:
            self.client.stop_channels()
        with suppress(Exception):
            await self.manager.shutdown_kernel(now=True)
        self.manager = self.client = None
