using CaaS.Client;
using CaaS.Client.Wire;

namespace CaaS.Web.Pages;

/// <summary>Every operation, newest first, and the switch that stops them all.</summary>
public sealed partial class Operations
{
    private const int MaxShown = 100;

    private IReadOnlyList<Operation> _operations = [];
    private bool _killSwitch;
    private DateTimeOffset _now;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CaaSClient client)
    {
        _now = Time.GetUtcNow();
        _operations = await client.OperationsAsync(null, MaxShown, Cancel);
        _killSwitch = (await client.KillSwitchAsync(Cancel)).Engaged;
    }

    /// <inheritdoc/>
    protected override bool Concerns(FeedEvent? change) => change is null or { Kind: FeedKind.Operation };

    private Task ToggleKillSwitchAsync() => SendAsync(client => client.SetKillSwitchAsync(!_killSwitch, Cancel));

    private Task ApproveAsync(string operation) => SendAsync(client => client.ApproveAsync(operation, Cancel));

    private Task RejectAsync((string Operation, string Reason) refusal) =>
        SendAsync(client => client.RejectAsync(refusal.Operation, refusal.Reason, Cancel));
}
