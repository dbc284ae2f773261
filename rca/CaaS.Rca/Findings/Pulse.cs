namespace CaaS.Rca.Findings;

/// <summary>When something was last measured.</summary>
internal sealed class Pulse(DateTimeOffset first)
{
    /// <summary>Instants after which silence means something.</summary>
    private const int RegularCount = 3;

    public DateTimeOffset Last { get; private set; } = first;

    public int Count { get; private set; } = 1;

    /// <summary>Longest pause seen between two beats while it was regular.</summary>
    public TimeSpan LongestPause { get; private set; }

    public void Beat(DateTimeOffset now)
    {
        if (now <= Last)
        {
            return;
        }

        var pause = now - Last;
        LongestPause = Count > 1 && pause > LongestPause && pause < TimeSpan.FromMinutes(1) ? pause : LongestPause;
        Last = now;
        Count++;
    }

    /// <summary>True when it was regular and has been quiet for longer than it should.</summary>
    public bool IsSilent(DateTimeOffset now, TimeSpan silenceAfter) =>
        Count >= RegularCount && now - Last > (LongestPause * 1.5 > silenceAfter ? LongestPause * 1.5 : silenceAfter);
}
