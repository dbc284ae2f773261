namespace CaaS.Ingest.Host;

/// <summary>Bytes of the files under <c>/proc</c> at one time; a file that could not be read is empty.</summary>
public sealed record HostReading
{
    /// <summary><c>/proc/stat</c>.</summary>
    public ReadOnlyMemory<byte> Stat { get; init; }

    /// <summary><c>/proc/meminfo</c>.</summary>
    public ReadOnlyMemory<byte> MemInfo { get; init; }

    /// <summary><c>/proc/loadavg</c>.</summary>
    public ReadOnlyMemory<byte> LoadAverage { get; init; }

    /// <summary><c>/proc/diskstats</c>.</summary>
    public ReadOnlyMemory<byte> DiskStats { get; init; }

    /// <summary><c>/proc/net/dev</c>.</summary>
    public ReadOnlyMemory<byte> NetDev { get; init; }

    /// <summary><c>/proc/pressure/cpu</c>.</summary>
    public ReadOnlyMemory<byte> CpuPressure { get; init; }

    /// <summary><c>/proc/pressure/memory</c>.</summary>
    public ReadOnlyMemory<byte> MemoryPressure { get; init; }

    /// <summary><c>/proc/pressure/io</c>.</summary>
    public ReadOnlyMemory<byte> IoPressure { get; init; }
}
