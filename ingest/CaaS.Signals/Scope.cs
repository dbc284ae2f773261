namespace CaaS.Signals;

/// <summary>Whose cloud a signal comes from: every entity and series carries one.</summary>
/// <param name="Tenant">Owner of the data; letters, digits, <c>-</c>, <c>_</c>, <c>.</c>; never empty.</param>
/// <param name="Cluster">Cluster inside the tenant, same alphabet; never empty.</param>
public sealed record Scope(string Tenant, string Cluster)
{
    /// <summary>The scope of a single-cluster installation that names nothing.</summary>
    public static readonly Scope Default = new("default", "default");

    /// <summary>The form used in keys: <c>tenant/cluster</c>.</summary>
    public override string ToString() => $"{Tenant}/{Cluster}";
}
