using CaaS.Client;
using CaaS.Client.Wire;

namespace CaaS.Web.Pages;

/// <summary>The remediation policies and how far each may go.</summary>
public sealed partial class Policies
{
    private IReadOnlyList<Policy> _policies = [];

    /// <inheritdoc/>
    protected override async Task LoadAsync(CaaSClient client) => _policies = await client.PoliciesAsync(Cancel);

    /// <inheritdoc/>
    protected override bool Concerns(FeedEvent? change) => false;

    private Task SetModeAsync(string policy, PolicyMode mode) =>
        SendAsync(client => client.SetPolicyModeAsync(policy, mode, Cancel));
}
