using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CaaS.Signals;

namespace CaaS.Ingest.Host;

/// <summary>Turns the kernel's counters of one machine into metrics named as Prometheus' node exporter names
/// them.</summary>
/// <remarks>Not thread-safe. Formats: proc(5). What can not be read is left out. A machine gives about 60
/// series.</remarks>
public sealed class HostDecoder
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux .NET runs on.
    private const double SectorBytes = 512;

    private static readonly string[] CpuModes =
        ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"];

    private static readonly string[] MemoryFields =
        ["MemTotal", "MemFree", "MemAvailable", "Buffers", "Cached", "SwapTotal", "SwapFree", "Dirty", "Slab"];

    private readonly EntityRef _host;
    private readonly Dictionary<(string Metric, string Label), SeriesKey> _series = [];

    /// <summary>Makes a decoder.</summary>
    /// <param name="host">The machine.</param>
    public HostDecoder(EntityRef host) => _host = host;

    /// <summary>Decodes one reading.</summary>
    /// <param name="reading">Bytes of the files.</param>
    /// <param name="nowMs">Time of the reading, Unix milliseconds.</param>
    /// <param name="output">Receives the points.</param>
    public void Decode(HostReading reading, long nowMs, MetricColumnsBuilder output)
    {
        var points = new Points(this, nowMs, output);
        ReadStat(reading.Stat, points);
        ReadMemory(reading.MemInfo, points);
        ReadLoad(reading.LoadAverage, points);
        ReadDisks(reading.DiskStats, points);
        ReadNetwork(reading.NetDev, points);
        ReadPressure(reading.CpuPressure, "some", "node_pressure_cpu_waiting_seconds_total", points);
        ReadPressure(reading.MemoryPressure, "some", "node_pressure_memory_waiting_seconds_total", points);
        ReadPressure(reading.MemoryPressure, "full", "node_pressure_memory_stalled_seconds_total", points);
        ReadPressure(reading.IoPressure, "some", "node_pressure_io_waiting_seconds_total", points);
        ReadPressure(reading.IoPressure, "full", "node_pressure_io_stalled_seconds_total", points);
    }

    private static void ReadStat(ReadOnlyMemory<byte> file, Points points)
    {
        foreach (var words in Lines(file))
        {
            switch (words[0])
            {
                case "cpu":
                    for (var mode = 0; mode < CpuModes.Length && mode + 1 < words.Length; mode++)
                    {
                        points.Counter("node_cpu_seconds_total", "mode", CpuModes[mode], words[mode + 1], 1 / TicksPerSecond);
                    }

                    break;
                case "ctxt" when words.Length > 1:
                    points.Counter("node_context_switches_total", "", "", words[1], 1);
                    break;
                case "processes" when words.Length > 1:
                    points.Counter("node_forks_total", "", "", words[1], 1);
                    break;
                case "btime" when words.Length > 1:
                    points.Gauge("node_boot_time_seconds", "", "", words[1], 1);
                    break;
                case "procs_running" or "procs_blocked" when words.Length > 1:
                    points.Gauge("node_" + words[0], "", "", words[1], 1);
                    break;
                default:
                    break;
            }
        }
    }

    private static void ReadMemory(ReadOnlyMemory<byte> file, Points points)
    {
        foreach (var words in Lines(file))
        {
            var name = words[0].TrimEnd(':');
            if (words.Length > 1 && MemoryFields.Contains(name))
            {
                points.Gauge($"node_memory_{name}_bytes", "", "", words[1], 1024);
            }
        }
    }

    private static void ReadLoad(ReadOnlyMemory<byte> file, Points points)
    {
        foreach (var words in Lines(file))
        {
            if (words.Length >= 3)
            {
                points.Gauge("node_load1", "", "", words[0], 1);
                points.Gauge("node_load5", "", "", words[1], 1);
                points.Gauge("node_load15", "", "", words[2], 1);
            }

            return;
        }
    }

    private static void ReadDisks(ReadOnlyMemory<byte> file, Points points)
    {
        foreach (var words in Lines(file))
        {
            if (words.Length < 14 || !IsDisk(words[2]))
            {
                continue;
            }

            points.Counter("node_disk_reads_completed_total", "device", words[2], words[3], 1);
            points.Counter("node_disk_read_bytes_total", "device", words[2], words[5], SectorBytes);
            points.Counter("node_disk_read_time_seconds_total", "device", words[2], words[6], 0.001);
            points.Counter("node_disk_writes_completed_total", "device", words[2], words[7], 1);
            points.Counter("node_disk_written_bytes_total", "device", words[2], words[9], SectorBytes);
            points.Counter("node_disk_write_time_seconds_total", "device", words[2], words[10], 0.001);
            points.Gauge("node_disk_io_now", "device", words[2], words[11], 1);
            points.Counter("node_disk_io_time_seconds_total", "device", words[2], words[12], 0.001);
        }
    }

    /// <summary>Whole disks, not their partitions, and nothing that is only memory or a file.</summary>
    private static bool IsDisk(string name) =>
        (name.StartsWith("nvme", StringComparison.Ordinal) && !name.Contains('p', StringComparison.Ordinal))
        || (name.Length == 3 && name[1] == 'd' && name[0] is 's' or 'v' or 'h')
        || (name.StartsWith("xvd", StringComparison.Ordinal) && name.Length == 4);

    private static void ReadNetwork(ReadOnlyMemory<byte> file, Points points)
    {
        foreach (var words in Lines(file))
        {
            var device = words[0].TrimEnd(':');
            if (words.Length < 17 || !words[0].EndsWith(':') || device == "lo")
            {
                continue;
            }

            points.Counter("node_network_receive_bytes_total", "device", device, words[1], 1);
            points.Counter("node_network_receive_errs_total", "device", device, words[3], 1);
            points.Counter("node_network_receive_drop_total", "device", device, words[4], 1);
            points.Counter("node_network_transmit_bytes_total", "device", device, words[9], 1);
            points.Counter("node_network_transmit_errs_total", "device", device, words[11], 1);
            points.Counter("node_network_transmit_drop_total", "device", device, words[12], 1);
        }
    }

    private static void ReadPressure(ReadOnlyMemory<byte> file, string line, string metric, Points points)
    {
        foreach (var words in Lines(file))
        {
            if (words[0] == line && words[^1].StartsWith("total=", StringComparison.Ordinal))
            {
                points.Counter(metric, "", "", words[^1]["total=".Length..], 1e-6);
            }
        }
    }

    private static IEnumerable<string[]> Lines(ReadOnlyMemory<byte> file)
    {
        foreach (var line in Encoding.UTF8.GetString(file.Span).Split('\n'))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
            {
                yield return words;
            }
        }
    }

    private SeriesKey Series(string metric, string labelName, string labelValue, MetricKind kind)
    {
        if (!_series.TryGetValue((metric, labelValue), out var series))
        {
            ImmutableArray<Label> labels = labelName.Length == 0 ? [] : [new Label(labelName, labelValue)];
            series = new SeriesKey(_host, metric, labels, kind);
            _series.Add((metric, labelValue), series);
        }

        return series;
    }

    /// <summary>Where the points of one reading go.</summary>
    private sealed class Points(HostDecoder decoder, long nowMs, MetricColumnsBuilder output)
    {
        public void Counter(string metric, string labelName, string labelValue, string number, double scale) =>
            Add(decoder.Series(metric, labelName, labelValue, MetricKind.Counter), number, scale);

        public void Gauge(string metric, string labelName, string labelValue, string number, double scale) =>
            Add(decoder.Series(metric, labelName, labelValue, MetricKind.Gauge), number, scale);

        private void Add(SeriesKey series, string number, double scale)
        {
            if (double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
            {
                output.Add(series, nowMs, value * scale);
            }
        }
    }
}
