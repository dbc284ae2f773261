using CaaS.Analytics.Text;
using CaaS.Rca;
using CaaS.Rca.Ports;

namespace CaaS.Api.Similar;

/// <summary>The incidents on record, indexed by what was found.</summary>
/// <remarks>Thread-safe. The store is asked for what is on record at most once in <see cref="Freshness"/>; an incident
/// of the past does not change any more.</remarks>
/// <param name="incidents">Incidents.</param>
/// <param name="platform">Whose incidents.</param>
/// <param name="time">Clock.</param>
internal sealed class PastIncidents(IIncidentStore incidents, PlatformIdentity platform, TimeProvider time) : IDisposable
{
    /// <summary>What the store lists at most: its newest.</summary>
    private const int MaxIncidents = 1_000;
    private const long MaxCharacters = 32_000_000;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _gate = new(1); // One search or reading at a time; both are short.
    private readonly TextIndex _index = new(new TextIndexLimits(MaxIncidents, MaxCharacters));
    private readonly Dictionary<string, Incident> _held = new(StringComparer.Ordinal);
    private long? _readAt;

    /// <summary>Finds incidents that were opened before one and are like it.</summary>
    /// <param name="incident">The one of now.</param>
    /// <param name="limit">Most answered.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Best first; empty when none is like it.</returns>
    public async Task<IReadOnlyList<(Incident Incident, TextMatch Match)>> LikeAsync(
        Incident incident, int limit, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_readAt is not { } at || time.GetElapsedTime(at) >= Freshness)
            {
                Take(await incidents.ListAsync(platform.Scope, false, MaxIncidents, cancellationToken).ConfigureAwait(false));
                _readAt = time.GetTimestamp();
            }

            return
            [
                .. _index.Search(IncidentQuestions.ForIncidents(incident), limit, id => IsBefore(_held[id], incident))
                    .Select(match => (_held[match.Document.Id], match)),
            ];
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static bool IsBefore(Incident past, Incident incident) =>
        past.Id != incident.Id && past.Status != IncidentStatus.Merged && past.OpenedAt < incident.OpenedAt;

    private void Take(IReadOnlyList<Incident> listed)
    {
        foreach (var gone in _held.Keys.Except(listed.Select(incident => incident.Id), StringComparer.Ordinal).ToArray())
        {
            _held.Remove(gone);
            _index.Remove(gone);
        }

        foreach (var incident in listed)
        {
            if (!_held.TryGetValue(incident.Id, out var held) || held.Revision != incident.Revision)
            {
                _held[incident.Id] = incident;
                _index.Put(IncidentQuestions.Document(incident));
            }
        }
    }
}
