using System.Collections.Immutable;
using System.Globalization;

namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>Says why an entity is suspected: what its features weighed, channel by channel, in sentences.</summary>
internal sealed class Reasons
{
    private const double LeastNats = 0.05;
    private readonly CauseCase _case;
    private readonly Portraits _portraits;
    private readonly HarmGraph _graph;
    private readonly double[][] _own;
    private readonly double[] _weights;
    private readonly ILookup<int, Clue> _clues;

    public Reasons(CauseCase @case, Portraits portraits, HarmGraph graph, double[][] own, IEnumerable<Clue> clues)
    {
        (_case, _portraits, _graph, _own) = (@case, portraits, graph, own);
        _weights = CauseWeights.Order(CauseWeights.Default.Own, OwnFeatures.Names);
        _clues = clues.ToLookup(clue => clue.Entity);
    }

    /// <summary>Reasons, strongest first.</summary>
    public ImmutableArray<Clue> Of(int entity)
    {
        var reasons = new List<Clue>();
        var at = 0;
        foreach (var channel in OwnFeatures.Measured.Concat(OwnFeatures.Told))
        {
            var width = Array.IndexOf(OwnFeatures.Measured, channel) >= 0 ? 4 : 2;
            double weight = 0;
            for (var column = at; column < at + width; column++)
            {
                weight += _weights[column] * _own[entity][column];
            }

            at += width;
            if (_portraits.Nats(entity, channel) > LeastNats)
            {
                reasons.Add(Reason(entity, channel, weight));
            }
        }

        reasons.Sort((left, right) => right.Weight.CompareTo(left.Weight));
        if (Way(entity) is { } way)
        {
            reasons.Add(way);
        }

        return [.. reasons];
    }

    private Clue Reason(int entity, Channel channel, double weight)
    {
        var (modality, fault) = channel switch
        {
            Channel.Latency => (Modality.Metric, "latency"),
            Channel.Errors => (Modality.Metric, "errors"),
            Channel.Health => (Modality.Metric, "unhealthy"),
            Channel.Loss => (Modality.Metric, "network"),
            Channel.Busier or Channel.Calmer or Channel.Amplifies => (Modality.Metric, "load"),
            Channel.Silence => (Modality.Metric, "silence"),
            Channel.Sequence => (Modality.Sequence, "behaviour"),
            Channel.Delay => (Modality.Delay, "latency"),
            Channel.Way => (Modality.Way, "network"),
            Channel.NewLine or Channel.MoreLines or Channel.Named or Channel.AskersNewLine or Channel.EchoedLine
                => (Modality.Log, "behaviour"),
            Channel.RareEvent or Channel.CommonEvent => (Modality.Event, "unhealthy"),
            Channel.Change => (Modality.Change, "change"),
            _ => (Modality.Metric, "resource"),
        };
        var request = _clues[entity].Where(clue => clue.Modality == modality && modality is Modality.Sequence
            or Modality.Delay or Modality.Way).MaxBy(clue => clue.Weight);
        return new Clue(entity, modality, fault, weight, request?.Statement ?? Sentence(entity, channel));
    }

    private string Sentence(int entity, Channel channel)
    {
        var times = Math.Exp(_portraits.Size(entity, channel)).ToString("0.#", CultureInfo.InvariantCulture);
        var points = (100 * _portraits.Size(entity, channel)).ToString("0.#", CultureInfo.InvariantCulture);
        return channel switch
        {
            Channel.Latency => $"Requests take {times} times as long as before.",
            Channel.Errors => $"{points} points more of its requests fail.",
            Channel.Health => $"{points} points less of it are well.",
            Channel.Usage => $"It uses {times} times as much as before.",
            Channel.Idle => "It uses less than before.",
            Channel.Saturation => $"What requests wait for is {times} times as full as before.",
            Channel.Loss => $"{times} times as many packets are lost.",
            Channel.Held => $"It holds {times} times as much as before.",
            Channel.Busier => $"It is asked {times} times as often as before.",
            Channel.Calmer => "It is asked less than before.",
            Channel.Costlier => $"A request uses {times} times as much as before.",
            Channel.Uneven => $"One part is {times} times as slow as the others.",
            Channel.Silence => $"{points} % of its series stopped while others went on.",
            Channel.NewLine => "It writes lines it never wrote before.",
            Channel.EchoedLine => "It writes new lines that others write as well.",
            Channel.MoreLines => "It writes some lines far more often than before.",
            Channel.Named => "Lines of those that ask it name it.",
            Channel.AskersNewLine => "Those that ask it write new lines.",
            Channel.RareEvent => Told(entity),
            Channel.CommonEvent => Told(entity),
            Channel.Amplifies => $"What it asks is asked {times} times as often, and no other load explains that.",
            _ => Changed(entity),
        };
    }

    private string Told(int entity)
    {
        var reasons = _case.Events.Where(told => told.Entity == entity).Select(told => told.Reason)
            .Distinct(StringComparer.Ordinal).TakeLast(3);
        return $"There were warnings about it: {string.Join(", ", reasons)}.";
    }

    private string Changed(int entity)
    {
        var change = _case.Changes.Where(change => change.Entity == entity)
            .MinBy(change => Math.Abs(_case.OnsetHint - change.Time));
        var lead = Math.Max(0, _case.OnsetHint - change.Time) / 60;
        return string.Create(CultureInfo.InvariantCulture,
            $"It was changed ({change.Sort}) {lead:0.#} minutes before users felt it.");
    }

    private Clue? Way(int entity)
    {
        var way = _graph.Way(entity);
        return way.Length == 0 ? null : new Clue(entity, Modality.Topology, "behaviour", 0,
            $"Harm can go {string.Join(" > ", way.Select(one => _case.Entities[one]))}.");
    }
}
