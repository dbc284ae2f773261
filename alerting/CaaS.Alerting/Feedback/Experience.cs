using CaaS.Rca;
using CaaS.Signals;

namespace CaaS.Alerting.Feedback;

/// <summary>Incidents of the past as they were when they were opened, and what people said of them.</summary>
/// <param name="incidentCountMax">Most incidents remembered; the oldest are forgotten.</param>
internal sealed class Experience(int incidentCountMax)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Dictionary<string, IncidentExample> _examples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, IncidentFeedback>> _said = new(StringComparer.Ordinal);
    private readonly Queue<string> _inOrder = new();

    public IncidentExample? FindOrNull(string incidentId) => _examples.GetValueOrDefault(incidentId);

    /// <summary>Takes an incident's numbers and remembers them.</summary>
    public IncidentExample Open(Incident incident, EntityRef entity, string faultClass)
    {
        var features = IncidentFeatures.Of(incident, PastOf(incident.OpenedAt, entity, faultClass));
        var example = new IncidentExample(incident.Id, incident.OpenedAt, entity, faultClass, features);
        Add(example);
        return example;
    }

    /// <summary>Remembers an incident, unless it is remembered.</summary>
    public void Add(IncidentExample example)
    {
        if (!_examples.TryAdd(example.IncidentId, example))
        {
            return;
        }

        _inOrder.Enqueue(example.IncidentId);
        while (_inOrder.Count > incidentCountMax)
        {
            var oldest = _inOrder.Dequeue();
            _examples.Remove(oldest);
            _said.Remove(oldest);
        }
    }

    /// <summary>Takes a person's word; the last one of each counts.</summary>
    /// <returns>False when that is what the person said last.</returns>
    public bool Add(IncidentFeedback feedback)
    {
        if (!_said.TryGetValue(feedback.IncidentId, out var said))
        {
            said = new SortedDictionary<string, IncidentFeedback>(StringComparer.Ordinal);
            if (_examples.ContainsKey(feedback.IncidentId))
            {
                _said.Add(feedback.IncidentId, said);
            }
        }

        var isNew = !said.TryGetValue(feedback.Actor, out var before) || before with { At = feedback.At, Confidence = feedback.Confidence } != feedback;
        said[feedback.Actor] = feedback;
        return isNew;
    }

    private PastVerdicts PastOf(DateTimeOffset at, EntityRef entity, string faultClass)
    {
        var past = default(PastVerdicts);
        foreach (var example in _examples.Values)
        {
            var isEntity = example.Entity == entity;
            if (at - example.OpenedAt < Day)
            {
                past = past with
                {
                    DayCount = past.DayCount + 1,
                    EntityDayCount = past.EntityDayCount + (isEntity ? 1 : 0),
                };
            }

            if (!_said.TryGetValue(example.IncidentId, out var said)
                || Judgement.IsUseful(said.Values) is not { } isUseful)
            {
                continue;
            }

            var (useful, noise) = isUseful ? (1, 0) : (0, 1);
            if (example.FaultClass == faultClass)
            {
                past = past with { Useful = past.Useful + useful, Noise = past.Noise + noise };
            }

            if (isEntity)
            {
                past = past with
                {
                    EntityUseful = past.EntityUseful + useful,
                    EntityNoise = past.EntityNoise + noise,
                };
            }
        }

        return past;
    }
}
