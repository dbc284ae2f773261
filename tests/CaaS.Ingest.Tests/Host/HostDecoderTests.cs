using CaaS.Ingest.Host;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Ingest.Tests.Host;

public class HostDecoderTests
{
    private static readonly EntityRef Laptop = new(Scope.Default, EntityRef.NoNamespace, EntityKinds.Host, "laptop");

    [Fact]
    public void The_kernels_counters_become_the_node_exporters_metrics()
    {
        var reading = new HostReading
        {
            Stat = "cpu  100 20 300 4000 50 0 6 0 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\nctxt 42\nbtime 1700000000\nprocesses 7\nprocs_running 2\nprocs_blocked 0\n"u8.ToArray(),
            MemInfo = "MemTotal:       16000 kB\nMemAvailable:    8000 kB\nHugePages_Total:       0\n"u8.ToArray(),
            LoadAverage = "0.50 0.25 0.10 1/234 5678\n"u8.ToArray(),
            DiskStats = " 259 0 nvme0n1 10 0 80 1000 5 0 40 500 1 2000 1500 0 0\n 259 1 nvme0n1p1 1 1 1 1 1 1 1 1 1 1 1 1 1\n 7 0 loop0 1 1 1 1 1 1 1 1 1 1 1 1 1\n"u8.ToArray(),
            NetDev = "Inter-|   Receive\n face |bytes\n    lo: 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9\n  eth0: 1000 8 1 2 0 0 0 0 2000 9 3 4 0 0 0 0\n"u8.ToArray(),
            CpuPressure = "some avg10=0.00 avg60=0.00 avg300=0.00 total=2500000\n"u8.ToArray(),
        };

        Assert.Equal(
            """
            node_cpu_seconds_total{mode="user"} 1
            node_cpu_seconds_total{mode="nice"} 0.2
            node_cpu_seconds_total{mode="system"} 3
            node_cpu_seconds_total{mode="idle"} 40
            node_cpu_seconds_total{mode="iowait"} 0.5
            node_cpu_seconds_total{mode="irq"} 0
            node_cpu_seconds_total{mode="softirq"} 0.06
            node_cpu_seconds_total{mode="steal"} 0
            node_context_switches_total 42
            node_boot_time_seconds 1700000000
            node_forks_total 7
            node_procs_running 2
            node_procs_blocked 0
            node_memory_MemTotal_bytes 16384000
            node_memory_MemAvailable_bytes 8192000
            node_load1 0.5
            node_load5 0.25
            node_load15 0.1
            node_disk_reads_completed_total{device="nvme0n1"} 10
            node_disk_read_bytes_total{device="nvme0n1"} 40960
            node_disk_read_time_seconds_total{device="nvme0n1"} 1
            node_disk_writes_completed_total{device="nvme0n1"} 5
            node_disk_written_bytes_total{device="nvme0n1"} 20480
            node_disk_write_time_seconds_total{device="nvme0n1"} 0.5
            node_disk_io_now{device="nvme0n1"} 1
            node_disk_io_time_seconds_total{device="nvme0n1"} 2
            node_network_receive_bytes_total{device="eth0"} 1000
            node_network_receive_errs_total{device="eth0"} 1
            node_network_receive_drop_total{device="eth0"} 2
            node_network_transmit_bytes_total{device="eth0"} 2000
            node_network_transmit_errs_total{device="eth0"} 3
            node_network_transmit_drop_total{device="eth0"} 4
            node_pressure_cpu_waiting_seconds_total 2.5
            """,
            Decode(reading));
    }

    [Property(MaxTest = 300)]
    public void Any_bytes_end_without_a_throw(byte[] bytes) => Decode(new HostReading
    {
        Stat = bytes,
        MemInfo = bytes,
        LoadAverage = bytes,
        DiskStats = bytes,
        NetDev = bytes,
        CpuPressure = bytes,
        MemoryPressure = bytes,
        IoPressure = bytes,
    });

    private static string Decode(HostReading reading)
    {
        var output = new MetricColumnsBuilder();
        new HostDecoder(Laptop).Decode(reading, 1, output);
        var columns = output.Drain();
        return string.Join('\n', Enumerable.Range(0, columns.Count).Select(columns.At).Select(point =>
            FormattableString.Invariant($"{point.Series.Text["default/default|-/Host/laptop|".Length..]} {point.Value:0.###}")));
    }
}
