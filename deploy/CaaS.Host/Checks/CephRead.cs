using CaaS.Api.Platform;
using CaaS.Client.Wire;
using CaaS.Ingest.Runtime.Sources.Ceph;
using Microsoft.Extensions.Options;

namespace CaaS.Host.Checks;

/// <summary>Tells how the last reading of the Ceph dashboard went.</summary>
internal sealed class CephRead(CephStanding standing, IOptions<CephOptions> options) : IDoctorCheck
{
    private const string Name = "ceph";

    /// <inheritdoc/>
    public Task<DoctorCheck> LookAsync(CancellationToken cancellationToken) => Task.FromResult(Look());

    private DoctorCheck Look() => (options.Value.Dashboards.Count, standing.Outcome) switch
    {
        (0, _) => new DoctorCheck(Name, true, $"No Ceph is watched ({CephOptions.Section}:Dashboards).", ""),
        (_, CephOutcome.Untried) => new DoctorCheck(Name, true, "The dashboard has not been read yet.", ""),
        (_, CephOutcome.Read) => new DoctorCheck(Name, true, $"The dashboard was last read at {standing.At:T} UTC.", ""),
        (_, CephOutcome.Refused) => new DoctorCheck(
            Name, false, "The dashboard refuses the account, or its password's file is empty or can not be read.",
            $"Put the right password into {CephOptions.Section}:PasswordFile; it is sent as soon as the file changes."),
        (_, CephOutcome.Forbidden) => new DoctorCheck(
            Name, false, "The account may not read all of the cluster's state.",
            "Give it the role read-only: ceph dashboard ac-user-set-roles USER read-only"),
        (_, CephOutcome.Malformed) => new DoctorCheck(
            Name, false, "What answers is no dashboard of Ceph 16 or later, or its answer is too large.",
            $"Look at {CephOptions.Section}:Dashboards and {CephOptions.Section}:MaxAnswerBytes."),
        _ => new DoctorCheck(
            Name, false, "No dashboard answers, or all stand by, or their certificates are not trusted.",
            $"Name every manager in {CephOptions.Section}:Dashboards, and what to trust in {CephOptions.Section}:CertificateFile."),
    };
}
