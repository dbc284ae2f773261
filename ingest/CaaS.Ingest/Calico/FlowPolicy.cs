using System.Globalization;
using System.Text.Json;
using CaaS.Ingest.Kubernetes;
using CaaS.Signals;

namespace CaaS.Ingest.Calico;

/// <summary>Finds the policy that denied a flow in the trace of policies Calico writes with it.</summary>
/// <remarks>
/// A hit is an object (Goldmane) or text <c>index|tier|policy|action|rule</c>, where the policy is
/// <c>kind:[namespace/]name</c> (Calico 3.31 and later) or <c>[namespace/]name</c> with Kubernetes' own policies as
/// <c>knp.default.name</c>. Rule −1, or the kind "end of tier", means that a policy selected the pod and none of its
/// rules let the flow pass: that policy is named. Staged policies decide nothing and are left out.
/// </remarks>
internal static class FlowPolicy
{
    private const string KubernetesPrefix = "knp.default.";
    private const string StagedPrefix = "staged:";

    /// <summary>The policy of the last hit that denies, or null when none is told.</summary>
    public static EntityRef? Denying(JsonElement policies, Scope scope)
    {
        EntityRef? last = null;
        var lastIndex = -1;
        foreach (var hit in Hits(policies))
        {
            var (index, policy) = hit.ValueKind == JsonValueKind.String
                ? ReadText(hit.GetString()!, scope)
                : ReadObject(hit, scope);
            if (policy is not null && index > lastIndex)
            {
                (last, lastIndex) = (policy, index);
            }
        }

        return last;
    }

    /// <summary>Those in force, where a line tells them apart from those that are not.</summary>
    private static IEnumerable<JsonElement> Hits(JsonElement policies) =>
        policies.At("enforced_policies").ValueKind == JsonValueKind.Array
            ? policies.Items("enforced_policies")
            : policies.Items("all_policies");

    private static (int Index, EntityRef? Policy) ReadText(string hit, Scope scope)
    {
        var parts = hit.Split('|');
        if (parts.Length != 5 || parts[3] != "deny"
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return (0, null);
        }

        var policy = parts[2];
        var colon = policy.IndexOf(':', StringComparison.Ordinal);
        if (policy.Contains(StagedPrefix, StringComparison.Ordinal))
        {
            return (index, null);
        }

        var slash = policy.IndexOf('/', StringComparison.Ordinal);
        var space = slash < 0 ? "" : policy[(colon + 1)..slash];
        var name = policy[(Math.Max(colon, slash) + 1)..];
        var kind = colon >= 0 ? policy[..colon] : parts[1] == "__PROFILE__" ? "pro" : slash < 0 ? "gnp" : "np";
        return (index, Policy(scope, kind, space, name));
    }

    private static (int Index, EntityRef? Policy) ReadObject(JsonElement hit, Scope scope)
    {
        if (hit.Scalar("action") is not ("2" or "Deny"))
        {
            return (0, null);
        }

        var named = hit.At("trigger").ValueKind == JsonValueKind.Object ? hit.At("trigger") : hit;
        var kind = named.Scalar("kind") switch
        {
            "1" or "CalicoNetworkPolicy" => "np",
            "2" or "GlobalNetworkPolicy" => "gnp",
            "6" or "NetworkPolicy" => "knp",
            "11" or "ClusterNetworkPolicy" => "kcnp",
            _ => "",
        };
        return (hit.Count(0, "policy_index"), Policy(scope, kind, named.Text("namespace"), named.Text("name")));
    }

    private static EntityRef? Policy(Scope scope, string kind, string space, string name)
    {
        var entityKind = kind switch
        {
            "np" or "knp" => EntityKinds.NetworkPolicy,
            "gnp" => EntityKinds.GlobalNetworkPolicy,
            "kcnp" => EntityKinds.ClusterNetworkPolicy,
            _ => "",
        };
        name = name.StartsWith(KubernetesPrefix, StringComparison.Ordinal) ? name[KubernetesPrefix.Length..] : name;
        return entityKind.Length == 0 || name.Length == 0
            ? null
            : new EntityRef(scope, space.Length > 0 ? space : EntityRef.NoNamespace, entityKind, name);
    }
}
