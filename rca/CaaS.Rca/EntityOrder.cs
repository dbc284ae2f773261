using CaaS.Signals;

namespace CaaS.Rca;

/// <summary>Ordinal order of entities of one scope; unlike <see cref="EntityRef.CompareTo"/> it never writes the
/// scope out.</summary>
internal sealed class EntityOrder : IComparer<EntityRef>
{
    public static readonly EntityOrder Instance = new();

    public int Compare(EntityRef x, EntityRef y)
    {
        var order = string.CompareOrdinal(x.Namespace, y.Namespace);
        order = order != 0 ? order : string.CompareOrdinal(x.Kind, y.Kind);
        return order != 0 ? order : string.CompareOrdinal(x.Name, y.Name);
    }
}
