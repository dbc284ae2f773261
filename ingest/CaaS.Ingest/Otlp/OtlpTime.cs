namespace CaaS.Ingest.Otlp;

/// <summary>Reads OpenTelemetry's Unix nanoseconds.</summary>
internal static class OtlpTime
{
    private const ulong MaxTicks = 250_000_000_000_000_0000; // Past the year 2700: no clock is that wrong by accident.

    /// <summary>Converts an instant.</summary>
    /// <returns>False for zero, which means "not said", and for instants past the year 2700.</returns>
    public static bool TryInstant(ulong unixNano, out DateTimeOffset instant)
    {
        var ticks = unixNano / 100;
        var isSaid = unixNano > 0 && ticks < MaxTicks;
        instant = isSaid ? DateTimeOffset.UnixEpoch.AddTicks((long)ticks) : default;
        return isSaid;
    }
}
