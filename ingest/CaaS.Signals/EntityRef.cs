namespace CaaS.Signals;

/// <summary>Names one thing of a cloud, written <c>namespace/Kind/name</c>.</summary>
/// <param name="Scope">Tenant and cluster the thing lives in.</param>
/// <param name="Namespace">Kubernetes namespace, or <see cref="NoNamespace"/> for a cluster-wide thing.</param>
/// <param name="Kind">One of <see cref="EntityKinds"/>, or any Kubernetes kind.</param>
/// <param name="Name">Name inside the namespace.</param>
public readonly record struct EntityRef(Scope Scope, string Namespace, string Kind, string Name)
    : IComparable<EntityRef>
{
    /// <summary>Stands for "no namespace".</summary>
    public const string NoNamespace = "-";

    /// <summary>Reads <c>namespace/Kind/name</c>; the name may itself hold slashes.</summary>
    /// <param name="scope">Scope to put the entity in.</param>
    /// <param name="text">Text to read.</param>
    /// <param name="entity">The entity; default when the answer is false.</param>
    /// <returns>False when a part is missing or empty.</returns>
    public static bool TryParse(Scope scope, string text, out EntityRef entity)
    {
        var parts = text.Split('/', 3);
        var ok = parts.Length == 3 && parts.All(part => part.Length > 0);
        entity = ok ? new EntityRef(scope, parts[0], parts[1], parts[2]) : default;
        return ok;
    }

    /// <summary>Ordinal order of the written form, then of the scope.</summary>
    /// <param name="other">Entity to compare with.</param>
    /// <returns>Negative, zero or positive.</returns>
    public int CompareTo(EntityRef other)
    {
        var order = string.CompareOrdinal(Namespace, other.Namespace);
        order = order != 0 ? order : string.CompareOrdinal(Kind, other.Kind);
        order = order != 0 ? order : string.CompareOrdinal(Name, other.Name);
        return order != 0 ? order : string.CompareOrdinal(Scope?.ToString(), other.Scope?.ToString());
    }

    /// <summary>The written form, without the scope.</summary>
    public override string ToString() => $"{Namespace}/{Kind}/{Name}";
}
