using System.Collections;
using System.Reflection;

namespace CaaS.Analytics.Tests.State;

/// <summary>Compares two objects field by field, through all they refer to: a field that is not saved shows.</summary>
internal static class Graph
{
    private const BindingFlags Fields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>What a class works out again when it is asked, by the end of the path.</summary>
    private static readonly string[] Derived =
        ["._found", "._loads", "._isFresh", "._residual", "._room", "._catalogue", ".<catalogue>P", "._byName", "._median", "._deviation", "._q10", "._q90"];

    /// <summary>Path of the first difference, or null.</summary>
    public static string? Difference(object? one, object? other) => Compare("", one, other, []);

    private static string? Compare(string path, object? one, object? other, HashSet<object> seen)
    {
        if (one is null || other is null || ReferenceEquals(one, other))
        {
            return ReferenceEquals(one, other) ? null : path;
        }

        var type = one.GetType();
        if (type != other.GetType())
        {
            return path;
        }

        if (type.IsPrimitive || type.IsEnum || one is string or DateTimeOffset or TimeSpan or Type or Delegate)
        {
            return one.Equals(other) ? null : $"{path}: {one} is not {other}";
        }

        if (!type.IsValueType && !seen.Add(one))
        {
            return null;
        }

        return one switch
        {
            IDictionary map => Entries(path, map, (IDictionary)other, seen),
            IEnumerable items => Items(path, items, (IEnumerable)other, seen),
            _ => AllFields(path, type, one, other, seen),
        };
    }

    private static string? AllFields(string path, Type type, object one, object other, HashSet<object> seen)
    {
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (var field in declaring.GetFields(Fields))
            {
                var at = $"{path}.{field.Name}";
                if (!Array.Exists(Derived, end => at.EndsWith(end, StringComparison.Ordinal))
                    && Compare(at, field.GetValue(one), field.GetValue(other), seen) is { } difference)
                {
                    return difference;
                }
            }
        }

        return null;
    }

    /// <summary>The order of a dictionary is no part of it.</summary>
    private static string? Entries(string path, IDictionary one, IDictionary other, HashSet<object> seen)
    {
        if (one.Count != other.Count)
        {
            return $"{path}: {one.Count} entries are not {other.Count}";
        }

        foreach (DictionaryEntry entry in one)
        {
            if (!other.Contains(entry.Key) || Compare($"{path}[{entry.Key}]", entry.Value, other[entry.Key], seen) is not null)
            {
                return Compare($"{path}[{entry.Key}]", entry.Value, other[entry.Key], []) ?? path;
            }
        }

        return null;
    }

    private static string? Items(string path, IEnumerable one, IEnumerable other, HashSet<object> seen)
    {
        var items = one.Cast<object?>().ToList();
        var others = other.Cast<object?>().ToList();
        if (one.GetType().Name.StartsWith("HashSet", StringComparison.Ordinal))
        {
            return items.Count == others.Count && items.TrueForAll(others.Contains) ? null : path;
        }

        if (items.Count != others.Count)
        {
            return $"{path}: {items.Count} items are not {others.Count}";
        }

        for (var index = 0; index < items.Count; index++)
        {
            if (Compare($"{path}[{index}]", items[index], others[index], seen) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }
}
