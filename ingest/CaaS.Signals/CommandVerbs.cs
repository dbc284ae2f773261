namespace CaaS.Signals;

/// <summary>Verbs of <see cref="Command"/>. The part before the dot names the stage that answers; alerting answers for
/// <c>model</c> too, since its models learn from people.</summary>
public static class CommandVerbs
{
    /// <summary>Acknowledge an alert; target: incident id.</summary>
    public const string AlertAcknowledge = "alert.acknowledge";

    /// <summary>Assign an alert; target: incident id; argument <c>assignee</c> (empty = nobody).</summary>
    public const string AlertAssign = "alert.assign";

    /// <summary>Comment on an alert; target: incident id; argument <c>text</c>.</summary>
    public const string AlertComment = "alert.comment";

    /// <summary>Say of an incident whether it was right; target: incident id; arguments <c>verdict</c>
    /// (<c>confirmed</c>, <c>wrong</c>, <c>noise</c>), <c>note</c>, and the cause as <c>entity</c>, <c>faultClass</c>
    /// and <c>rank</c> among those listed.</summary>
    public const string AlertFeedback = "alert.feedback";

    /// <summary>Close an alert by hand; target: incident id.</summary>
    public const string AlertResolve = "alert.resolve";

    /// <summary>Silence; target: incident id, or empty with argument <c>entity</c>; arguments <c>until</c> (RFC
    /// 3339), <c>reason</c>.</summary>
    public const string AlertSilence = "alert.silence";

    /// <summary>End a silence; target: silence id.</summary>
    public const string AlertUnsilence = "alert.unsilence";

    /// <summary>Believe a version of a model; target: its number.</summary>
    public const string ModelPromote = "model.promote";

    /// <summary>Go back to the version that was believed before the active one, or to none.</summary>
    public const string ModelRollback = "model.rollback";

    /// <summary>Approve an operation; target: operation id.</summary>
    public const string OperationApprove = "operation.approve";

    /// <summary>Reject an operation; target: operation id; argument <c>reason</c>.</summary>
    public const string OperationReject = "operation.reject";

    /// <summary>Ask for an operation by hand; arguments <c>kind</c>, <c>entity</c>, and the operation's own.</summary>
    public const string OperationRequest = "operation.request";

    /// <summary>Stop or resume all operations; argument <c>engaged</c> = true/false.</summary>
    public const string OperationKillSwitch = "operation.kill-switch";

    /// <summary>Change a policy's mode; target: policy name; argument <c>mode</c>.</summary>
    public const string PolicySetMode = "policy.set-mode";
}
