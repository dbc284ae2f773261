namespace CaaS.Orchestration.Runtime.Store;

/// <summary>One change of a durable setting; the newest of a name holds, the others are its audit trail.</summary>
internal sealed class SettingRow
{
    public long Number { get; set; }

    public required string Name { get; set; }

    public required string Value { get; set; }

    public required string Actor { get; set; }

    public required long AtMs { get; set; }
}
