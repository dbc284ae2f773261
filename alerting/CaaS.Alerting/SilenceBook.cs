namespace CaaS.Alerting;

/// <summary>Silences that have not ended.</summary>
internal sealed class SilenceBook
{
    private readonly SortedDictionary<string, Silence> _silences = new(StringComparer.Ordinal);

    public int Count => _silences.Count;

    public Silence? FindOrNull(string id) => _silences.GetValueOrDefault(id);

    public void Add(Silence silence) => _silences[silence.Id] = silence;

    /// <summary>Forgets silences that have ended.</summary>
    /// <returns>True when there were any.</returns>
    public bool End(DateTimeOffset now)
    {
        var ended = _silences.Values.Where(silence => silence.Until <= now).Select(silence => silence.Id).ToArray();
        foreach (var id in ended)
        {
            _silences.Remove(id);
        }

        return ended.Length > 0;
    }

    /// <summary>The silence over an alert that ends last.</summary>
    /// <returns>Its end and who made it; null and empty when there is none.</returns>
    public (DateTimeOffset? Until, string By) Over(Alert alert, DateTimeOffset now)
    {
        (DateTimeOffset? Until, string By) last = (null, "");
        foreach (var silence in _silences.Values)
        {
            if (silence.Until > now && Mutes(silence, alert) && (last.Until is null || silence.Until > last.Until))
            {
                last = (silence.Until, silence.Actor);
            }
        }

        return last;
    }

    private static bool Mutes(Silence silence, Alert alert) =>
        silence.Entity is { } entity ? entity == alert.Entity : silence.IncidentId == alert.Id;
}
