using System.Diagnostics.CodeAnalysis;
using Akka.Actor;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>Runs the informer of one type; reports to its parent and waits until each report is taken.</summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor is disposed of by PostStop.")]
internal sealed class ResourceActor : ReceiveActor
{
    private readonly KubernetesInformer _informer;
    private readonly CancellationTokenSource _stopping = new();

    public ResourceActor(KubernetesInformer informer)
    {
        _informer = informer;
        Receive<Failed>(failed => throw new InvalidOperationException("The informer failed.", failed.Error));
        Receive<Ended>(_ => { });
    }

    protected override void PreStart()
    {
        var parent = Context.Parent;
        var stopping = _stopping.Token;
        _informer
            .RunAsync((report, token) => parent.Ask<ReportTaken>(report, Timeout.InfiniteTimeSpan, token), stopping)
            .PipeTo(
                Self,
                success: () => Ended.Instance,
                failure: error => stopping.IsCancellationRequested ? Ended.Instance : new Failed(error));
    }

    protected override void PostRestart(Exception reason)
    {
        _informer.Restart();
        base.PostRestart(reason);
    }

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private sealed record Failed(Exception Error);

    private sealed record Ended
    {
        public static readonly Ended Instance = new();
    }
}
