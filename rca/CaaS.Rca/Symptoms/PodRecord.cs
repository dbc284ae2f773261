using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Symptoms;

/// <summary>How a pod's containers ended since it was first seen.</summary>
/// <param name="isSeenBefore">True when the pod was seen before and needed no record.</param>
internal sealed class PodRecord(bool isSeenBefore)
{
    private const int MaxEnds = 50;

    private readonly List<(DateTimeOffset At, bool IsOom, string ExitCode)> _ends = [];
    private int _restarts = isSeenBefore ? 0 : -1;
    private DateTimeOffset? _lastEnd;

    /// <summary>Failed ends, oldest first; ends while the pod was being deleted do not count.</summary>
    public IReadOnlyList<(DateTimeOffset At, bool IsOom, string ExitCode)> Ends => _ends;

    public DateTimeOffset? CrashLoopSince { get; private set; }

    public DateTimeOffset? CannotStartSince { get; private set; }

    public string CannotStartReason { get; private set; } = "";

    /// <summary>False for a pod whose containers neither ended nor wait to start.</summary>
    public static bool IsNeededFor(ObjectState pod) =>
        pod.Fact(KubeFacts.LastTerminationReason).Length > 0 || pod.Fact(KubeFacts.WaitingReason).Length > 0
        || pod.Count(KubeFacts.Restarts) > 0;

    public void Take(ObjectState pod, DateTimeOffset now, TimeSpan crashSettle)
    {
        if (pod.IsTerminating || pod.IsGone)
        {
            return;
        }

        TakeEnd(pod, now);
        var waiting = pod.Fact(KubeFacts.WaitingReason);
        if (waiting == "CrashLoopBackOff")
        {
            CrashLoopSince ??= LastFailed(now) ?? now;
        }
        else if (CrashLoopSince is not null && pod.IsReady && now - (LastFailed(now) ?? DateTimeOffset.MinValue) >= crashSettle)
        {
            CrashLoopSince = null;
        }

        var cannot = waiting is "ImagePullBackOff" or "ErrImagePull" or "InvalidImageName" or "CreateContainerConfigError"
            or "CreateContainerError" or "RunContainerError";
        CannotStartSince = cannot ? CannotStartSince ?? now : null;
        CannotStartReason = cannot ? waiting : "";
    }

    private DateTimeOffset? LastFailed(DateTimeOffset now) =>
        _ends.Count > 0 && _ends[^1].At <= now ? _ends[^1].At : null;

    private void TakeEnd(ObjectState pod, DateTimeOffset now)
    {
        var restarts = pod.Count(KubeFacts.Restarts);
        var reason = pod.Fact(KubeFacts.LastTerminationReason);
        var at = pod.Instant(KubeFacts.LastTerminationTime);
        var isNew = reason.Length > 0
            && (at is not null ? at != _lastEnd : _restarts >= 0 && restarts > _restarts);
        _restarts = restarts;
        if (!isNew)
        {
            return;
        }

        _lastEnd = at;
        var code = pod.Fact(KubeFacts.LastExitCode);
        var isFailed = reason == "OOMKilled" || (reason != "Completed" && code != "0");
        if (isFailed)
        {
            _ends.Add((at is { } end && end <= now ? end : now, reason == "OOMKilled", code));
        }

        if (_ends.Count > MaxEnds)
        {
            _ends.RemoveAt(0);
        }
    }
}
