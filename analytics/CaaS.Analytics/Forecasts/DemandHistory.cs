namespace CaaS.Analytics.Forecasts;

/// <summary>The last slots' levels, as logarithms, and their greatest samples.</summary>
/// <remarks>
/// Before anything was seen everything is zero; before the first slot it is the first slot. Not thread-safe.
/// </remarks>
/// <param name="capacity">How many slots are kept.</param>
internal sealed class DemandHistory(int capacity)
{
    private readonly float[] _levels = new float[capacity];
    private readonly float[] _peaks = new float[capacity];

    /// <summary>How many slots were added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a slot.</summary>
    /// <param name="level">The logarithm of its mean.</param>
    /// <param name="peak">Its greatest sample.</param>
    public void Add(double level, double peak)
    {
        if (Count == 0)
        {
            Array.Fill(_levels, (float)level);
            Array.Fill(_peaks, (float)peak);
        }
        _levels[Count % _levels.Length] = (float)level;
        _peaks[Count % _levels.Length] = (float)peak;
        Count++;
    }

    /// <summary>The level some slots ago; 0 is the last slot.</summary>
    public double Ago(int slots) => Count == 0 ? 0 : _levels[Index(slots)];

    /// <summary>The mean level of a run of slots that ended some slots ago.</summary>
    public double Mean(int ago, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += Ago(ago + i);
        }
        return sum / count;
    }

    /// <summary>The greatest sample of a run of slots that ended some slots ago.</summary>
    public double Peak(int ago, int count)
    {
        double peak = 0;
        for (int i = 0; i < count && Count > 0; i++)
        {
            peak = Math.Max(peak, _peaks[Index(ago + i)]);
        }
        return peak;
    }

    private long Index(int ago) => (Count - 1 - Math.Min(ago, Math.Min(Count, _levels.Length) - 1)) % _levels.Length;
}
