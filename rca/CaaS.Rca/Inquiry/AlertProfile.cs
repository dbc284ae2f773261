namespace CaaS.Rca.Inquiry;

/// <summary>How often each alert, and each family of alerts, came on an entity, whatever was the cause.</summary>
/// <remarks>Grows by one window of time at a time; needs no knowledge of causes. At most 200,000 counts are
/// kept.</remarks>
public sealed class AlertProfile
{
    private const int Limit = 200_000;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Windows seen.</summary>
    public int WindowCount { get; private set; }

    /// <summary>Counts the alerts of one window, each once.</summary>
    /// <param name="case">The window as a case.</param>
    public void Add(CauseCase @case) => Count(@case, 1);

    /// <summary>Takes one window out again, to leave it out of its own baseline.</summary>
    /// <param name="case">A case that was added.</param>
    public void Remove(CauseCase @case) => Count(@case, -1);

    /// <summary>Share of windows an alert came in, with half a window for what was never seen.</summary>
    internal double Rate(string key) => (_counts.GetValueOrDefault(key) + 0.5) / (WindowCount + 2);

    /// <summary>Names one alert on one entity.</summary>
    internal static string Key(CauseCase @case, AlertFact alert) =>
        $"{@case.Entities[alert.Entity]}|{alert.Sort}|{alert.Name}";

    /// <summary>Names the family of an alert on one entity.</summary>
    internal static string FamilyKey(CauseCase @case, AlertFact alert) =>
        $"{@case.Entities[alert.Entity]}|{Family(alert)}";

    /// <summary>What an alert says, and the first word of its name without numbers, which names a part of the system:
    /// alerts of one family say the same thing again.</summary>
    internal static string Family(AlertFact alert)
    {
        if (alert.Sort is >= AlertSort.Line and not AlertSort.HeldUp)
        {
            return $"{alert.Sort}";
        }

        var letters = new string([.. alert.Name.Where(letter => !char.IsAsciiDigit(letter))]);
        return $"{alert.Sort} {letters.Split('_', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()}";
    }

    private void Count(CauseCase @case, int step)
    {
        ArgumentNullException.ThrowIfNull(@case);
        WindowCount += step;
        foreach (var key in @case.Alerts.Select(alert => Key(@case, alert))
            .Concat(@case.Alerts.Select(alert => FamilyKey(@case, alert))).Distinct(StringComparer.Ordinal))
        {
            if (_counts.Count < Limit || _counts.ContainsKey(key))
            {
                _counts[key] = _counts.GetValueOrDefault(key) + step;
            }
        }
    }
}
