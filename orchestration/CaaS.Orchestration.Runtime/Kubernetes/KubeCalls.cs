using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Authentication;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Sends requests to one API server over the client library's connection and credentials.</summary>
/// <remarks>
/// Objects stay JSON: a typed model would drop fields that are newer than the library, and a rollback would lose them.
/// Thread-safe. Never throws for what a server or network does; cancellation by the caller is thrown.
/// </remarks>
internal sealed class KubeCalls(
    HttpClient client, Uri server, ServiceClientCredentials? credentials, KubernetesOptions options)
{
    public Task<KubeAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(KubeCall.Get(path), cancellationToken);

    public async Task<KubeAnswer> SendAsync(KubeCall call, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(options.CallTimeoutSeconds));
        var wasSent = false;
        try
        {
            using var request = new HttpRequestMessage(call.Method, new Uri(server, call.Path));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(KubeCall.Json));
            if (call.Body is not null)
            {
                request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(call.Body));
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(call.ContentType);
            }

            if (credentials is not null)
            {
                await credentials.ProcessHttpRequestAsync(request, timeout.Token).ConfigureAwait(false);
            }

            wasSent = true;
            using var response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(options.AnswerBytesMax, timeout.Token).ConfigureAwait(false);
            var bytes = await response.Content.ReadAsByteArrayAsync(timeout.Token).ConfigureAwait(false);
            return Read((int)response.StatusCode, bytes);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Lost(wasSent, $"The API server did not answer within {options.CallTimeoutSeconds} s.");
        }
        catch (HttpRequestException e)
        {
            var isConnected = e.HttpRequestError is not (HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError);
            return Lost(wasSent && isConnected, "The API server could not be reached: " + e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Lost(wasSent, "The call to the API server failed: " + e.Message);
        }
    }

    private static KubeAnswer Lost(bool wasSent, string why) => new(0, [], wasSent, why);

    private static KubeAnswer Read(int statusCode, byte[] bytes)
    {
        JsonObject body;
        try
        {
            body = bytes.Length == 0 ? [] : JsonNode.Parse(bytes) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            body = [];
        }

        var isOk = statusCode is >= 200 and < 300;
        return new KubeAnswer(statusCode, body, WasSent: true, isOk ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"The API server answered {statusCode}: {body.Text("message", "no reason given")}"));
    }
}
