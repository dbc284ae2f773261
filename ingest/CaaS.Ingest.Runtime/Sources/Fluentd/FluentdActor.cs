using Akka.Actor;

namespace CaaS.Ingest.Runtime.Sources.Fluentd;

/// <summary>Holds the Forward receiver: opens it with itself, closes it with itself.</summary>
internal sealed class FluentdActor : ReceiveActor
{
    private readonly FluentdReceiver _receiver;

    public FluentdActor(Func<FluentdReceiver> open) => _receiver = open();

    public static Props Props(Func<FluentdReceiver> open) => Akka.Actor.Props.Create(() => new FluentdActor(open));

    protected override void PreStart() => _receiver.Start();

    // Nobody waits: connections notice by themselves that they are cancelled.
    protected override void PostStop() => _ = _receiver.DisposeAsync().AsTask();
}
