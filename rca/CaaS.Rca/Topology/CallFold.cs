using System.Net;
using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Keeps whom a view's workloads call: finds what is behind the addresses that clients name.</summary>
/// <remarks>An address is looked up anew when the name or IP address in it may lead elsewhere; O(lookups).</remarks>
internal sealed class CallFold(LiveGraph graph, CallBook calls, GraphView view, AddressBook addresses, Scope scope)
{
    private static readonly string[] WorkloadKinds =
        [EntityKinds.DaemonSet, EntityKinds.Deployment, EntityKinds.Job, EntityKinds.StatefulSet];

    private readonly Dictionary<CallKey, CallLine> _lineOf = [];
    private readonly Dictionary<CallKey, CallLine> _lines = [];
    private readonly Dictionary<EntityRef, HashSet<CallKey>> _callsOf = [];
    private readonly Dictionary<EntityRef, HashSet<CallLine>> _linesOf = [];
    private readonly Dictionary<string, HashSet<CallLine>> _linesTo = new(StringComparer.Ordinal);
    private readonly HashSet<CallKey> _touched = [];

    public void Touch(CallKey call) => _touched.Add(call);

    public void TouchOwner(EntityRef entity)
    {
        addresses.Moved.Add(entity.ToString());
        if (_callsOf.TryGetValue(entity, out var made))
        {
            _touched.UnionWith(made);
        }
    }

    /// <summary>Folds what was touched.</summary>
    /// <returns>True when the view has changed.</returns>
    public bool Fold()
    {
        var lines = new HashSet<CallLine>();
        var callers = new HashSet<EntityRef>();
        foreach (var call in _touched)
        {
            Place(call, lines, callers);
        }

        foreach (var name in addresses.Moved)
        {
            if (_linesTo.TryGetValue(name, out var leading))
            {
                lines.UnionWith(leading);
            }
        }

        foreach (var line in lines.Where(line => line.Uses > 0))
        {
            line.Callees = [.. Resolve(line)];
            view.Resolved[(line.Caller, line.Address)] = line.Callees[0];
            callers.Add(line.Caller);
        }

        var hasChanged = false;
        foreach (var caller in callers)
        {
            var made = _linesOf.GetValueOrDefault(caller) ?? [];
            var callees = made.SelectMany(line => line.Callees).ToHashSet();
            callees.Remove(caller);
            hasChanged |= Adjacency.Replace(view.Callees, view.Callers, caller, callees);
        }

        _touched.Clear();
        addresses.Moved.Clear();
        return hasChanged || callers.Count > 0;
    }

    private static void Add<TKey, T>(Dictionary<TKey, HashSet<T>> map, TKey key, T value)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out var values))
        {
            values = [];
            map.Add(key, values);
        }

        values.Add(value);
    }

    private static void Remove<TKey, T>(Dictionary<TKey, HashSet<T>> map, TKey key, T value)
        where TKey : notnull
    {
        if (map.TryGetValue(key, out var values) && values.Remove(value) && values.Count == 0)
        {
            map.Remove(key);
        }
    }

    /// <summary>Puts a call onto the line of the workload that makes it.</summary>
    private void Place(CallKey call, HashSet<CallLine> lines, HashSet<EntityRef> callers)
    {
        if (_lineOf.Remove(call, out var before))
        {
            Remove(_callsOf, call.Caller, call);
            before.Uses--;
            if (before.Uses == 0)
            {
                _lines.Remove(new CallKey(before.Caller, before.Address));
                Remove(_linesOf, before.Caller, before);
                Remove(_linesTo, before.Name, before);
                view.Resolved.Remove((before.Caller, before.Address));
                callers.Add(before.Caller);
            }
        }

        if (!calls.Knows(call))
        {
            return;
        }

        var key = call with { Caller = graph.OwnerOf(call.Caller) };
        if (!_lines.TryGetValue(key, out var line))
        {
            line = new CallLine(key.Caller, key.Address);
            _lines.Add(key, line);
            Add(_linesOf, line.Caller, line);
            Add(_linesTo, line.Name, line);
            lines.Add(line);
        }

        line.Uses++;
        _lineOf.Add(call, line);
        Add(_callsOf, call.Caller, call);
    }

    /// <summary>Everything behind an address, in order; at least one.</summary>
    private IEnumerable<EntityRef> Resolve(CallLine line)
    {
        if (EntityRef.TryParse(scope, line.Address, out var known))
        {
            return [graph.OwnerOf(known)];
        }

        if (IPAddress.TryParse(line.Host, out _))
        {
            return addresses.ServiceAt(line.Host) is { } service && view.Selected.TryGetValue(service, out var pods)
                ? pods
                : [addresses.PodAt(line.Host) ?? Outside(line.Host)];
        }

        var parts = line.Host.Split('.');
        foreach (var space in parts.Length > 1 ? new[] { parts[1], line.Caller.Namespace } : [line.Caller.Namespace])
        {
            if (view.Selected.TryGetValue(new EntityRef(scope, space, EntityKinds.Service, parts[0]), out var behind))
            {
                return behind;
            }
        }

        var named = WorkloadKinds
            .Select(kind => new EntityRef(scope, parts.Length > 1 ? parts[1] : line.Caller.Namespace, kind, parts[0]))
            .Where(view.Workloads.Contains).Take(1).ToArray();
        return named.Length > 0 ? named : [Outside(line.Host)];
    }

    private EntityRef Outside(string host) => new(scope, EntityRef.NoNamespace, EntityKinds.External, host);
}
