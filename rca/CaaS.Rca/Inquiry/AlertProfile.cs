namespace CaaS.Rca.Inquiry;

/// <summary>How often each alert came in earlier incidents, whatever their cause was.</summary>
/// <remarks>Grows by one incident at a time; needs no knowledge of causes. At most 100,000 alerts are kept.</remarks>
public sealed class AlertProfile
{
    private const int Limit = 100_000;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Incidents seen.</summary>
    public int IncidentCount { get; private set; }

    /// <summary>Counts the alerts of one incident, each once.</summary>
    /// <param name="keys">Keys of the alerts.</param>
    public void Add(IEnumerable<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        IncidentCount++;
        foreach (var key in keys.Distinct(StringComparer.Ordinal))
        {
            if (_counts.Count < Limit || _counts.ContainsKey(key))
            {
                _counts[key] = _counts.GetValueOrDefault(key) + 1;
            }
        }
    }

    /// <summary>How many incidents an alert came in.</summary>
    /// <param name="key">Key of the alert.</param>
    public int Count(string key) => _counts.GetValueOrDefault(key);
}
