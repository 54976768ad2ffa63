"""The contenders that are programs: pg_dump to a file, the shell pipeline, pgBackRest; and pg_restore for the proof."""

import json
import os
import signal
import subprocess
import time

from cost import Cost, Watch


class Failed(Exception):
    pass


class Programs:
    def __init__(self, setting):
        self.setting = setting
        self.environment = dict(os.environ, PGPASSWORD=os.environ["WINDLASS_PGPASSWORD"])
        # Debian's rclone refuses to start with it; the double's authority is given by --ca-cert.
        self.environment.pop("AWS_CA_BUNDLE", None)
        self.environment.update(
            RCLONE_CONFIG="/dev/null",
            RCLONE_CONFIG_DOUBLE_TYPE="s3",
            RCLONE_CONFIG_DOUBLE_PROVIDER="Cloudflare",
            RCLONE_CONFIG_DOUBLE_ENDPOINT=setting.endpoint,
            RCLONE_CONFIG_DOUBLE_REGION="auto",
            RCLONE_CONFIG_DOUBLE_ACCESS_KEY_ID=os.environ["BENCHMARK_S3_KEY"],
            RCLONE_CONFIG_DOUBLE_SECRET_ACCESS_KEY=os.environ["BENCHMARK_S3_SECRET"],
            RCLONE_CONFIG_DOUBLE_NO_CHECK_BUCKET="true",
        )

    def _tool(self, name):
        return f"{self.setting.tools}/{name}"

    def _connection(self, database):
        return f"host=127.0.0.1 port={self.setting.port} user={self.setting.user} dbname={database}"

    def plain_dump(self):
        """pg_dump -Fc (gzip) to a local file: what the gates compare with."""
        file = f"{self.setting.directory}/plain.dump"
        cost, peak = self.measure(
            [self._tool("pg_dump"), "-Fc", "-f", file, self._connection(self.setting.database)])
        return cost, peak, os.path.getsize(file)

    def pipeline(self):
        key = f"pipeline/{time.monotonic_ns()}"
        script = 'set -o pipefail; "$1" -Fc -Z0 "$2" | zstd -q -3 | age -r "$3" | rclone rcat --ca-cert "$4" "double:$5"'
        cost, peak = self.measure(
            ["bash", "-c", script, "bash", self._tool("pg_dump"), self._connection(self.setting.database),
             self.setting.recipient, self.setting.ca, f"{self.setting.bucket}/{key}"])
        size = json.loads(self._rclone("size", "--json", f"double:{self.setting.bucket}/{key}"))["bytes"]
        self.forget("pipeline")
        return cost, peak, size

    def forget(self, prefix):
        self._rclone("delete", f"double:{self.setting.bucket}/{prefix}")

    def _rclone(self, *words):
        return self.run(["rclone", words[0], "--ca-cert", self.setting.ca, *words[1:]])

    def prepare_pgbackrest(self):
        directory = f"{self.setting.directory}/pgbackrest"
        for name in ("log", "lock", "spool"):
            os.makedirs(f"{directory}/{name}", mode=0o700)
        # It looks for a name in the certificate, never for an address.
        port = self.setting.endpoint.rsplit(":", 1)[1]
        settings = {
            "repo1-type": "s3", "repo1-path": "/pgbackrest", "repo1-s3-bucket": self.setting.bucket,
            "repo1-s3-endpoint": "localhost", "repo1-storage-port": port, "repo1-storage-ca-file": self.setting.ca,
            "repo1-s3-region": "auto", "repo1-s3-uri-style": "path",
            "repo1-s3-key": os.environ["BENCHMARK_S3_KEY"], "repo1-s3-key-secret": os.environ["BENCHMARK_S3_SECRET"],
            "repo1-cipher-type": "aes-256-cbc", "repo1-cipher-pass": os.urandom(24).hex(),
            "repo1-bundle": "y", "repo1-retention-full": "1", "compress-type": "zst", "compress-level": "3",
            "process-max": "2", "start-fast": "y", "archive-check": "n", "expire-auto": "n",
            # Else it writes the manifest's copy twice within a second, which R2 refuses and it does not survive.
            "manifest-save-threshold": "1TiB",
            "log-level-console": "warn", "log-level-file": "off",
            "log-path": f"{directory}/log", "lock-path": f"{directory}/lock", "spool-path": f"{directory}/spool",
        }
        text = "[global]\n" + "".join(f"{key}={value}\n" for key, value in settings.items())
        text += (f"[sample]\npg1-path={self.setting.cluster}/data\npg1-port={self.setting.port}\n"
                 f"pg1-socket-path={self.setting.cluster}\npg1-user={self.setting.user}\npg1-database=postgres\n")
        with open(os.open(f"{directory}/pgbackrest.conf", os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(text)
        self.run(self._pgbackrest("--no-online", "stanza-create"))

    def _pgbackrest(self, *words):
        return ["pgbackrest", f"--config={self.setting.directory}/pgbackrest/pgbackrest.conf", "--stanza=sample", *words]

    def pgbackrest(self):
        cost, peak = self.measure(self._pgbackrest("--type=full", "backup"))
        info = json.loads(self.run(self._pgbackrest("--output=json", "info")))
        size = info[0]["backup"][-1]["info"]["repository"]["delta"]
        # R2 takes one write a second for each key, and pgBackRest gives up when it is told so.
        time.sleep(2)
        self.run(self._pgbackrest("expire"))
        time.sleep(2)
        return cost, peak, size

    def plain_restore(self):
        """One job, into a new database of the live cluster: what a proof is compared with."""
        name = "restored_plainly"
        self.sql(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            return self.measure([self._tool("pg_restore"), "-j1", "--exit-on-error",
                                 f"--dbname={self._connection(name)}", f"{self.setting.directory}/plain.dump"])
        finally:
            self.sql(f"DROP DATABASE {name} WITH (FORCE)")

    def sql(self, statement, database="postgres"):
        return self.run([self._tool("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", self._connection(database),
                         "-c", statement]).strip()

    def settle(self):
        """The same start for everybody: nothing dirty in PostgreSQL, nothing waiting for the disk."""
        self.sql("CHECKPOINT")
        os.sync()
        self.setting.servers.wait_until_idle()

    def measure(self, words):
        self.settle()
        server, begun = self.setting.servers.cpu(), time.monotonic()
        with open(f"{self.setting.directory}/contender.log", "w+b") as log:
            process = subprocess.Popen(words, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                       cwd="/", start_new_session=True)
            try:
                watch = Watch(self.setting.servers, process.pid)
                # The usage of a process that has been waited for holds all of its tree, to the microsecond.
                _, status, usage = os.wait4(process.pid, 0)
                wall = time.monotonic() - begun
                process.returncode = os.waitstatus_to_exitcode(status)
                watch.stop()
            except BaseException:
                if process.returncode is None:
                    # The group: what stands in a pipeline would go on without its shell.
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
                raise
            if process.returncode != 0:
                log.seek(0)
                raise Failed(f"{words[0]} ended with {process.returncode}: {log.read()[-2000:].decode(errors='replace')}")
        self.setting.servers.wait_until_idle()
        cost = Cost(wall, usage.ru_utime + usage.ru_stime, self.setting.servers.cpu() - server)
        return cost, watch.peak

    def run(self, words):
        done = subprocess.run(words, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd="/")
        if done.returncode != 0:
            raise Failed(f"{' '.join(words[:3])} ended with {done.returncode}: {done.stderr[-2000:]}{done.stdout[-2000:]}")
        return done.stdout
