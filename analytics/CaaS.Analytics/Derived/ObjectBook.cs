using System.Globalization;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Derived;

/// <summary>State of the pods, nodes and workloads that owe data; bounded, oldest gone ones leave first.</summary>
internal sealed class ObjectBook(AnalyticsOptions options)
{
    private const long KeepGoneMs = 10 * 60 * 1000;

    private readonly Dictionary<string, ObjectState> _states = [];

    /// <summary>Finds the state of an object; a new blank one when it was not told of yet.</summary>
    /// <param name="nameSpace">Namespace.</param>
    /// <param name="kind">Kind.</param>
    /// <param name="name">Name.</param>
    /// <param name="nowMs">The step's now.</param>
    /// <returns>The shared state: it changes as the object does.</returns>
    public ObjectState Of(string nameSpace, string kind, string name, long nowMs)
    {
        var key = $"{nameSpace}/{kind}/{name}";
        if (_states.TryGetValue(key, out var state))
        {
            return state;
        }

        state = new ObjectState { SeenMs = nowMs };
        if (_states.Count < options.MaxObjects)
        {
            _states.Add(key, state);
        }

        return state;
    }

    /// <summary>Takes in an object's state.</summary>
    /// <param name="item">Object.</param>
    /// <param name="nowMs">The step's now.</param>
    public void Apply(KubeObject item, long nowMs)
    {
        var entity = item.Entity;
        if (entity.Kind is not (EntityKinds.Pod or EntityKinds.Node) && !EntityKinds.IsWorkload(entity.Kind))
        {
            return;
        }

        var state = Of(entity.Namespace, entity.Kind, entity.Name, nowMs);
        var phase = Fact(item, KubeFacts.Phase);
        state.IsKnown = true;
        state.SeenMs = nowMs;
        state.IsGone = item.IsDeleted || Fact(item, KubeFacts.Terminating) == "true" || phase is "Succeeded" or "Failed";
        state.Node = Fact(item, KubeFacts.NodeName);
        state.MemoryLimitBytes = Number(item, KubeFacts.MemoryLimitBytes);
        state.AllocatableCores = Number(item, KubeFacts.AllocatableCpuCores);
    }

    /// <summary>Forgets objects that have long gone.</summary>
    /// <param name="nowMs">The step's now.</param>
    public void Prune(long nowMs)
    {
        foreach (var (key, state) in _states)
        {
            if ((state.IsGone || !state.IsKnown) && nowMs - state.SeenMs > KeepGoneMs)
            {
                _states.Remove(key);
            }
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive) => archive.Map(
        _states, state => ObjectState.Sync(archive, state) ?? throw StateArchive.Damaged("an object has no state"));

    private static string Fact(KubeObject item, string key) => item.Facts.GetValueOrDefault(key, "");

    private static double Number(KubeObject item, string key) =>
        double.TryParse(Fact(item, key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value) && value > 0 ? value : 0;
}
