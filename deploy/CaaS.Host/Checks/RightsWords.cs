using CaaS.Client.Wire;
using CaaS.Orchestration.Runtime.Kubernetes;

namespace CaaS.Host.Checks;

/// <summary>What a review of rights found, for people.</summary>
internal static class RightsWords
{
    /// <summary>Says it.</summary>
    /// <param name="name">Name of the check.</param>
    /// <param name="role">ClusterRole of <c>deploy/kubernetes/caas.yaml</c> that holds these rights.</param>
    /// <param name="asked">How many rights were asked for.</param>
    /// <param name="report">What the cluster said; null where there is none.</param>
    /// <returns>The check.</returns>
    public static DoctorCheck Of(string name, string role, int asked, AccessReport? report) => report switch
    {
        null => new DoctorCheck(name, true, "No cluster is configured, so no right is needed.", ""),
        { Why.Length: > 0 } => new DoctorCheck(
            name, false, $"The cluster could not be asked: {report.Why}",
            "Look at the kubeconfig, at the account's token and at the network to the API server."),
        { Missing.Count: > 0 } => new DoctorCheck(
            name, false,
            $"{report.Missing.Count} of {asked} rights are missing: {string.Join("; ", report.Missing.Select(Text))}.",
            $"Apply the rules of the ClusterRole {role} in deploy/kubernetes/caas.yaml, or add: {Rules(report.Missing)}"),
        _ => new DoctorCheck(name, true, $"All {asked} rights are there.", ""),
    };

    private static string Text(ClusterRight right) => $"{right} ({right.Purpose})";

    /// <summary>The missing rights as RBAC rules, one a resource.</summary>
    private static string Rules(IEnumerable<ClusterRight> missing) => string.Join(
        " ",
        missing.GroupBy(right => (right.Group, right.Resource)).Select(rule =>
            $"- {{ apiGroups: [\"{rule.Key.Group}\"], resources: [{rule.Key.Resource}], "
            + $"verbs: [{string.Join(", ", rule.Select(right => right.Verb))}] }}"));
}
