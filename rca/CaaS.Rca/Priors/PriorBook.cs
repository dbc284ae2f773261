using CaaS.Rca.FaultClasses;
using CaaS.Signals;

namespace CaaS.Rca.Priors;

/// <summary>What people said of the causes of earlier incidents, and how far it moves the odds of causes to
/// come.</summary>
/// <remarks>
/// <para>Two things are counted: how often a fault class was the cause on that sort of entity, and how often that entity
/// was. The log-odds of each are those of a Beta-binomial with the same pseudo-count on both sides (Gelman et al.,
/// "Bayesian Data Analysis", 2.4); their sum is cut at <see cref="CauseFeedbackOptions.MaxNats"/>. A word weighs
/// 2^(−age / half-life), and nothing after four half-lives.</para>
/// <para>An incident counts once, by the last word on it: what was named as its cause is confirmed, what was blamed and
/// is not named is wrong. The order in which words arrive makes no difference, to the bit. Reading costs O(words on the
/// class and on the entity), the first reading after a change O(incidents).</para>
/// </remarks>
/// <param name="options">Bounds; read while it works.</param>
internal sealed class PriorBook(CauseFeedbackOptions options)
{
    private const int HalfLives = 4;

    private readonly SortedDictionary<string, CauseFeedback> _byIncident = new(StringComparer.Ordinal);
    private readonly Dictionary<(string FaultClass, string Sort), List<(DateTimeOffset At, bool IsRight)>> _ofClass = [];
    private readonly Dictionary<EntityRef, List<(DateTimeOffset At, bool IsRight)>> _ofEntity = [];
    private bool _isCounted;

    /// <summary>Age from which a word counts no more.</summary>
    public TimeSpan Window => HalfLives * options.HalfLife;

    /// <summary>Takes a word; one that is older than the last on its incident changes nothing.</summary>
    public void Fold(CauseFeedback said)
    {
        if (_byIncident.TryGetValue(said.IncidentId, out var known) && known.At > said.At)
        {
            return;
        }

        _isCounted = false;
        _byIncident[said.IncidentId] = said;
        if (_byIncident.Count > options.MaxIncidents && _byIncident.Values.MinBy(word => word.At) is { } oldest)
        {
            _byIncident.Remove(oldest.IncidentId);
        }
    }

    /// <summary>What was known of a cause at an instant.</summary>
    /// <param name="entity">The suspect.</param>
    /// <param name="faultClass">Its fault class.</param>
    /// <param name="asOf">Words said then or later are passed over: they may be of the incident that is judged.</param>
    public CausePrior Of(EntityRef entity, string faultClass, DateTimeOffset asOf)
    {
        if (options.MaxNats == 0 || _byIncident.Count == 0)
        {
            return default;
        }

        Count();
        var ofClass = Sum(_ofClass.GetValueOrDefault((faultClass, FaultClass.SortOf(entity))), asOf);
        var ofEntity = Sum(_ofEntity.GetValueOrDefault(entity), asOf);
        var nats = ofClass.Nats(options.PseudoCount) + ofEntity.Nats(options.PseudoCount);
        return new CausePrior(Math.Clamp(nats, -options.MaxNats, options.MaxNats), ofClass, ofEntity);
    }

    private Tally Sum(List<(DateTimeOffset At, bool IsRight)>? words, DateTimeOffset asOf)
    {
        var tally = default(Tally);
        foreach (var (at, isRight) in words ?? [])
        {
            var age = asOf - at;
            if (age > TimeSpan.Zero && age < Window)
            {
                tally = tally.With(isRight, double.Exp2(-(age / options.HalfLife)));
            }
        }

        return tally;
    }

    /// <summary>Sorts the words by what they are about, in the order of their incidents: a sum must not depend on the
    /// order of arrival.</summary>
    private void Count()
    {
        if (_isCounted)
        {
            return;
        }

        _isCounted = true;
        _ofClass.Clear();
        _ofEntity.Clear();
        foreach (var said in _byIncident.Values)
        {
            var causes = said.Causes.Where(cause => cause.Verdict != CauseVerdict.Withdrawn)
                .OrderBy(cause => cause.Verdict).ToArray();
            foreach (var cause in causes.Where(cause => cause.FaultClass.Length > 0)
                .DistinctBy(cause => (cause.FaultClass, FaultClass.SortOf(cause.Entity))))
            {
                Add(_ofClass, (cause.FaultClass, FaultClass.SortOf(cause.Entity)), said.At, cause.Verdict);
            }

            foreach (var cause in causes.DistinctBy(cause => cause.Entity))
            {
                Add(_ofEntity, cause.Entity, said.At, cause.Verdict);
            }
        }
    }

    private static void Add<TKey>(
        Dictionary<TKey, List<(DateTimeOffset At, bool IsRight)>> words, TKey key, DateTimeOffset at, CauseVerdict verdict)
        where TKey : notnull
    {
        if (!words.TryGetValue(key, out var known))
        {
            known = [];
            words.Add(key, known);
        }

        known.Add((at, verdict == CauseVerdict.Confirmed));
    }
}
