namespace CaaS.Replay;

/// <summary>Numbers of the file layout described in FORMAT.md.</summary>
internal static class RecordingFormat
{
    /// <summary>A byte that no topic has: the end follows.</summary>
    public const byte EndMark = 0xFF;

    /// <summary>Topic, offset, append time.</summary>
    public const int EntryHeadBytes = 17;

    /// <summary>End mark and checksum.</summary>
    public const int EndBytes = 9;

    /// <summary>Largest block: a batch without its compression.</summary>
    public const int MaxBlockBytes = SignalsLimit;

    /// <summary>Most content read into memory; a day of a small cluster.</summary>
    public const long MaxContentBytes = 2L * 1024 * 1024 * 1024;

    /// <summary>Compression window of 32 MiB: a scrape finds the one before it.</summary>
    public const int WindowLog = 25;

    /// <summary>Last instant of the year 9999.</summary>
    public const long MaxUnixMs = 253_402_300_799_999;

    private const int SignalsLimit = CaaS.Signals.SignalBatchCodec.MaxBodyBytes + 2;

    /// <summary>First bytes; the last is the version.</summary>
    public static ReadOnlySpan<byte> Magic => "CAASREC1"u8;
}
