using System.Collections.Immutable;
using CaaS.Analytics;
using CaaS.Rca.Findings;
using CaaS.Rca.Ranking;
using CaaS.Rca.Symptoms;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Inquiry.Live;

/// <summary>Writes what is known of an open incident as a case for the inquiry.</summary>
/// <remarks>
/// In it are the suspects (<see cref="Candidates"/>), who calls them, and what runs beside them; who asks and is asked
/// by nobody is a user. O(entities x pods x samples); entities are bounded by <see cref="EntityLimit"/>.
/// </remarks>
internal sealed class CaseWriter
{
    private const int EntityLimit = 300;
    private const string DnsNamespace = "kube-system";
    private const string DnsService = "kube-dns";
    private const double LogStepSeconds = 60;
    private const int LogStepCount = 60;
    private static readonly TimeSpan Lead = TimeSpan.FromMinutes(2);

    private readonly CaseFile _file;
    private readonly EntityRef _felt;
    private readonly Dictionary<EntityRef, int> _index = [];
    private readonly List<EntityRef> _entities = [];
    private readonly EntityRef[] _dns;
    private readonly VisitView _visits;

    private CaseWriter(CaseFile file, EntityRef felt)
    {
        (_file, _felt, _visits) = (file, felt, file.Spans.Read(file.View, file.Now));
        _dns = [.. GraphView.Of(file.View.Selected,
            new EntityRef(felt.Scope, DnsNamespace, EntityKinds.Service, DnsService))];
    }

    /// <summary>Writes the case; null while nobody feels anything.</summary>
    public static LiveCase? Write(CaseFile file)
    {
        if (Felt(file) is not { } symptom)
        {
            return null;
        }

        var writer = new CaseWriter(file, symptom.Anchor(file.View));
        writer.Collect();
        return new LiveCase(
            writer.Write(symptom.Sort == SymptomSort.Latency ? Meaning.Latency : Meaning.Errors), writer._entities,
            writer._visits.Names);
    }

    /// <summary>Of what is felt, what is nearest to users: nobody who feels something too depends on it.</summary>
    private static LiveSymptom? Felt(CaseFile file)
    {
        LiveSymptom[] felt = [.. file.Symptoms.Where(symptom => symptom.IsFelt)];
        EntityRef[] anchors = [.. felt.Select(symptom => symptom.Anchor(file.View)).Distinct()];
        return felt.OrderBy(symptom => symptom.Anchor(file.View) is var anchor
                ? anchors.Count(other => other != anchor && file.View.Calls(other, anchor, file.Options.LinkHops)) : 0)
            .ThenBy(symptom => symptom.Sort).ThenBy(symptom => symptom.Since)
            .ThenBy(symptom => symptom.Id, StringComparer.Ordinal).FirstOrDefault();
    }

    private void Collect()
    {
        Add(_felt);
        foreach (var entity in Candidates.Of(_file).Concat(_dns))
        {
            Add(entity);
        }

        for (var next = 0; next < _entities.Count; next++)
        {
            foreach (var caller in GraphView.Of(_file.View.Callers, _entities[next]))
            {
                Add(caller);
            }
        }

        foreach (var node in _entities.SelectMany(entity => GraphView.Of(_file.View.NodesOf, entity)).Distinct().ToArray())
        {
            Add(node);
            foreach (var beside in GraphView.Of(_file.View.WorkloadsOn, node))
            {
                Add(beside);
            }
        }
    }

    private void Add(EntityRef entity)
    {
        if (_entities.Count < EntityLimit && _index.TryAdd(entity, _entities.Count))
        {
            _entities.Add(entity);
        }
    }

    private CauseCase Write(Meaning felt)
    {
        EntitySort[] sorts = [.. _entities.Select(Sort)];
        var tracks = _entities.SelectMany(_file.View.PodsOf).Select(pod => _file.Serving.Find(pod.State.Entity));
        var series = new CaseSeries(_file, CaseGrid.Of(tracks.OfType<ServeTrack>(), _file.Now));
        return new CauseCase([.. _entities.Select(entity => entity.ToString())], CaseGrid.Seconds(_file.Onset))
        {
            Symptom = new SymptomFact(_index[_felt], felt),
            Sorts = [.. sorts],
            Calls = [.. Links(_file.View.Callees).Where(link => sorts[link.From] != EntitySort.Users)
                .Select(link => new CallLink(link.From, link.To))],
            Depends = [.. Depends(sorts)],
            Series = [.. _entities.SelectMany((entity, index) => sorts[index] switch
            {
                EntitySort.Node => series.OfNode(index, entity),
                EntitySort.External => series.OfExternal(index, entity),
                _ => series.OfWorkload(index, entity, sorts[index] == EntitySort.Users),
            })],
            Visits = Visits(),
            Logs = [.. _entities.SelectMany(Lines)],
            Events = [.. _entities.SelectMany((entity, index) => _file.Events.Fresh(entity, _file.Onset)
                .Select(seen => new EventFact(CaseGrid.Seconds(seen.Time), index, seen.Reason))).OrderBy(seen => seen.Time)],
            Changes = [.. _entities.SelectMany(Changes).OrderBy(change => change.Time)],
        };
    }

    private EntitySort Sort(EntityRef entity) => entity.Kind switch
    {
        EntityKinds.Node => EntitySort.Node,
        EntityKinds.External => EntitySort.External,
        EntityKinds.PersistentVolumeClaim or EntityKinds.PersistentVolume or EntityKinds.StorageClass
            or EntityKinds.CephCluster or EntityKinds.CephHost or EntityKinds.CephOsd or EntityKinds.CephPool
            => EntitySort.Volume,
        _ when Any(_file.View.Callers, entity) || Any(_file.View.ServicesOf, entity) || entity == _felt
            => EntitySort.Service,
        _ => Any(_file.View.Callees, entity) ? EntitySort.Users : EntitySort.Job,
    };

    private IEnumerable<DependsLink> Depends(EntitySort[] sorts) =>
    [
        .. Links(_file.View.NodesOf).Where(link => sorts[link.From] != EntitySort.Users)
            .Select(link => new DependsLink(link.From, link.To, DependsSort.RunsOn)),
        .. Links(_file.View.StoredOn).Select(link => new DependsLink(link.From, link.To, DependsSort.Mounts)),
        .. Links(_file.View.Callees).Where(link => sorts[link.From] == EntitySort.Users)
            .Select(link => new DependsLink(link.To, link.From, DependsSort.AskedBy)),
        .. _dns.Where(_index.ContainsKey).SelectMany(dns => Enumerable.Range(0, sorts.Length)
            .Where(index => sorts[index] == EntitySort.Service && _entities[index] != dns)
            .Select(index => new DependsLink(index, _index[dns], DependsSort.Asks))),
    ];

    private IEnumerable<(int From, int To)> Links(SortedDictionary<EntityRef, SortedSet<EntityRef>> links) =>
        from entity in _entities
        from other in GraphView.Of(links, entity)
        where _index.ContainsKey(other)
        select (_index[entity], _index[other]);

    /// <summary>Sampled visits of the case's entities.</summary>
    private ImmutableArray<Visit> Visits()
    {
        int[] entities = [.. _visits.Entities.Select(entity => _index.GetValueOrDefault(entity, -1))];
        Visit[] kept = [.. _visits.Visits.Where(visit => entities[visit.Entity] >= 0)];
        var count = 0;
        int[] places = [.. _visits.Visits.Select(visit => entities[visit.Entity] >= 0 ? count++ : -1)];
        return [.. kept.Select(visit => visit with
        {
            Entity = entities[visit.Entity],
            Caller = visit.Caller >= 0 ? entities[visit.Caller] : -1,
            Children = [.. visit.Children.Select(child => places[child]).Where(child => child >= 0)],
        })];
    }

    /// <summary>Lines that are new, or come more often than before, as analytics told them; who writes, but nothing of
    /// note, has one that never came.</summary>
    private IEnumerable<LogFact> Lines(EntityRef entity, int index)
    {
        if (_file.Logs.Has(_file.View, entity))
        {
            yield return new LogFact(index, string.Empty, CaseGrid.Seconds(_file.Onset), LogStepSeconds, []);
        }

        foreach (var seen in _file.Anomalies.Of(entity).Where(seen => seen.IsUp && seen.Worst.Onset >= _file.Onset - Lead
            && seen.Latest.Kind is AnomalyKind.NewLogTemplate or AnomalyKind.LogRate))
        {
            var isNew = seen.Latest.Kind == AnomalyKind.NewLogTemplate;
            var usual = isNew ? 0 : Math.Max(1, seen.Worst.ExpectedHigh);
            var now = CaseGrid.Seconds(_file.Now);
            var from = now - (LogStepCount * LogStepSeconds);
            var began = CaseGrid.Seconds(seen.Worst.Onset) - LogStepSeconds;
            int[] counts = [.. Enumerable.Range(0, LogStepCount).Select(step =>
                (int)Math.Min(int.MaxValue, from + (step * LogStepSeconds) >= began ? seen.Worst.Observed : usual))];
            yield return new LogFact(index, seen.Worst.Explanation, from, LogStepSeconds, counts);
        }
    }

    /// <summary>Changes of an entity, and of the configuration it reads.</summary>
    private IEnumerable<ChangeMark> Changes(EntityRef entity, int index) =>
        from target in GraphView.Of(_file.View.Mounts, entity).Prepend(entity)
        from change in _file.Changes.Suspects(target, _file.Onset)
        where target == entity || change.Kind == ChangeKind.Config
        select new ChangeMark(CaseGrid.Seconds(change.Time), index, change.Kind.ToString());

    private static bool Any(SortedDictionary<EntityRef, SortedSet<EntityRef>> links, EntityRef entity) =>
        links.TryGetValue(entity, out var others) && others.Count > 0;
}
