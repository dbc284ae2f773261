using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography;
using CaaS.Ingest.FluentForward;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Signals;

namespace CaaS.Ingest.Runtime.Sources.Fluentd;

/// <summary>Speaks the Forward protocol on one connection: reads a message, makes it durable, acknowledges, reads the
/// next.</summary>
/// <remarks>One message at a time: TCP itself holds a sender back that is faster than the log.</remarks>
internal sealed class FluentdSession(
    FluentdOptions options,
    string sharedKey,
    IngestLimits limits,
    Scope scope,
    Func<OwnerIndex> owners,
    SignalWriter writer,
    IngestMetrics metrics,
    TimeProvider time)
{
    public const string Source = "fluentd";

    private const int NonceBytes = 16;

    /// <summary>Serves a connection until it ends.</summary>
    /// <param name="stream">The connection; the caller closes it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Empty when the sender closed it, else why it must be closed.</returns>
    public async Task<string> ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        var decoder = new ForwardDecoder(scope, owners, limits);
        var input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        try
        {
            var why = sharedKey.Length == 0 ? "" : await ShakeHandsAsync(stream, input, cancellationToken);
            while (why.Length == 0)
            {
                var (message, problem) = await ReadMessageAsync(input, cancellationToken);
                if (problem.Length > 0 || message.IsEmpty)
                {
                    return problem;
                }

                why = await TakeAsync(decoder, message, stream, cancellationToken);
            }

            return why;
        }
        finally
        {
            await input.CompleteAsync();
        }
    }

    private async Task<string> ShakeHandsAsync(Stream stream, PipeReader input, CancellationToken cancellationToken)
    {
        var handshake = new ForwardHandshake(sharedKey, Dns.GetHostName(), RandomNumberGenerator.GetBytes(NonceBytes));
        await stream.WriteAsync(handshake.Hello(), cancellationToken);
        var (message, problem) = await ReadMessageAsync(input, cancellationToken);
        if (problem.Length > 0 || message.IsEmpty)
        {
            return problem.Length > 0 ? problem : "handshake";
        }

        var isAccepted = handshake.TryAccept(message, out var pong);
        await stream.WriteAsync(pong, cancellationToken);
        return isAccepted ? "" : "handshake";
    }

    /// <summary>Reads one whole message; empty at the end of the connection.</summary>
    private async Task<(ReadOnlyMemory<byte> Message, string Problem)> ReadMessageAsync(
        PipeReader input, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(options.IdleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            var frame = new ForwardFrame();
            while (true)
            {
                var read = await input.ReadAsync(either.Token);
                var buffer = read.Buffer;
                if (frame.TryGoOn(buffer, out var size, out var isBroken))
                {
                    var message = buffer.Slice(0, size).ToArray();
                    input.AdvanceTo(buffer.GetPosition(size));
                    return (message, "");
                }

                var isTooLarge = buffer.Length > limits.MaxCompressedBytes;
                if (isBroken || isTooLarge || read.IsCompleted)
                {
                    input.AdvanceTo(buffer.End);
                    return (default, isBroken ? "malformed" : isTooLarge ? "too-large" : "");
                }

                input.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (default, "idle");
        }
    }

    private async Task<string> TakeAsync(
        ForwardDecoder decoder, ReadOnlyMemory<byte> message, Stream stream, CancellationToken cancellationToken)
    {
        if (!decoder.TryDecode(message, time.GetUtcNow(), out var decoded, out var why))
        {
            return why;
        }

        metrics.Dropped(Source, nameof(DropReason.Malformed), decoded!.RejectedCount);
        var batch = new SignalBatch { Scope = scope, Source = Source, Logs = decoded.Records };
        var receipt = await writer.AppendAsync(batch, cancellationToken);
        if (!receipt.IsOk)
        {
            // Without an acknowledgement the sender keeps the chunk and sends it again.
            return receipt.Why;
        }

        if (decoded.ChunkId.Length > 0)
        {
            await stream.WriteAsync(ForwardAnswer.Acknowledge(decoded.ChunkId), cancellationToken);
        }

        return "";
    }
}
