using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CaaS.Alerting.Runtime.Receivers.Webhook;

/// <summary>Posts notifications to one address. Tries once; whoever calls decides about another try.</summary>
/// <param name="target">Where and how.</param>
/// <param name="http">Connection, shared by all webhooks.</param>
/// <param name="externalUrl">Address of the pages, or empty.</param>
internal sealed class WebhookReceiver(WebhookTarget target, HttpClient http, string externalUrl) : INotificationReceiver
{
    /// <inheritdoc/>
    public string Name => target.Name;

    /// <summary>Makes the configured receivers.</summary>
    public static IReadOnlyList<INotificationReceiver> FromOptions(IServiceProvider services)
    {
        var externalUrl = services.GetRequiredService<IOptions<AlertingOptions>>().Value.ExternalUrl;
        var http = NewClient();
        return
        [
            .. services.GetRequiredService<IOptions<WebhookOptions>>().Value.Webhooks
                .Select(target => new WebhookReceiver(target, http, externalUrl)),
        ];
    }

    /// <summary>A connection that follows no redirect: the address in the configuration is the one that is
    /// told.</summary>
    public static HttpClient NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 4,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <inheritdoc/>
    public async Task<Attempt> SendAsync(Notification notification, Alert alert, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(target.Timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, target.Url)
            {
                Content = new ByteArrayContent(WebhookMessage.Render(Name, notification, alert, externalUrl)),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            request.Headers.TryAddWithoutValidation("Idempotency-Key", notification.Id);
            if (target.BearerTokenFile.Length > 0)
            {
                var token = await File.ReadAllTextAsync(target.BearerTokenFile, limit.Token).ConfigureAwait(false);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
            }

            using var response = await http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            return Judge(response.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Attempt(false, true, $"No answer within {target.Timeout.TotalSeconds:0.#} s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            return new Attempt(false, true, e.Message);
        }
    }

    /// <summary>Reads an answer: busy and broken servers are asked again, a refusal is final.</summary>
    internal static Attempt Judge(HttpStatusCode status)
    {
        var code = (int)status;
        if (code is >= 200 and < 300)
        {
            return Attempt.Taken;
        }

        var isRetryable = code >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
        return new Attempt(false, isRetryable, $"It answered {code}.");
    }
}
