using System.Net;
using System.Text;
using System.Text.Json;
using CaaS.Alerting.Runtime.Receivers;
using CaaS.Alerting.Runtime.Receivers.Webhook;
using CaaS.Rca;
using CaaS.Testing;
using Xunit;
using static CaaS.Alerting.Tests.Given;

namespace CaaS.Alerting.Tests.Receivers.Webhook;

public class WebhookTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public void The_message_has_the_shape_receivers_of_alertmanager_know()
    {
        var engine = new AlertEngine(new AlertingOptions(), ["hook"]);
        var opened = engine.Step(Seen(Incident(1)), T0);
        var over = engine.Step(Seen(Incident(2, IncidentStatus.Resolved)), T0.AddMinutes(3));

        var messages = new[] { opened, over }.Select(output => JsonDocument.Parse(WebhookMessage.Render(
            "hook", output.Notifications[0], output.Alerts[0], "https://caas.example/")));

        Golden.Check("alerting-webhook.json", JsonSerializer.Serialize(messages, Indented));
    }

    [Theory]
    [InlineData(200, true, false)]
    [InlineData(204, true, false)]
    [InlineData(302, false, false)]
    [InlineData(400, false, false)]
    [InlineData(408, false, true)]
    [InlineData(429, false, true)]
    [InlineData(500, false, true)]
    [InlineData(503, false, true)]
    public void A_busy_server_is_asked_again_and_a_refusal_is_final(int status, bool ok, bool retryable)
    {
        var attempt = WebhookReceiver.Judge((HttpStatusCode)status);

        Assert.Equal((ok, retryable), (attempt.Ok, attempt.Retryable));
    }

    [Fact]
    public void Waits_double_up_to_the_limit_and_spread()
    {
        var random = new Random(1);
        var waits = Enumerable.Range(1, 40).Select(n => RetryDelay.After(n, TimeSpan.FromMinutes(2), random)).ToArray();

        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(0.5), TimeSpan.FromMinutes(2)));
        Assert.True(waits[0] <= TimeSpan.FromSeconds(1));
        Assert.True(waits[^1] >= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Wrong_settings_are_named_by_key()
    {
        var options = new WebhookOptions { Webhooks = [new() { Name = "a", Url = "ftp://x" }, new() { Name = "a" }] };

        var result = new WebhookOptionsValidation().Validate(null, options);

        Assert.Equal(
            ["Alerting:Webhooks:0:Url", "Alerting:Webhooks:1:Name", "Alerting:Webhooks:1:Url"],
            result.Failures!.Select(failure => failure.Split(' ')[0]));
    }

    [Fact]
    public async Task It_posts_with_its_id_as_the_deduplication_key_and_says_what_the_server_answered()
    {
        using var server = new HttpListener();
        var port = FreePort();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        using var http = WebhookReceiver.NewClient();
        var receiver = new WebhookReceiver(
            new WebhookTarget { Name = "hook", Url = $"http://127.0.0.1:{port}/in" }, http, "");
        var output = new AlertEngine(new AlertingOptions(), ["hook"]).Step(Seen(Incident(1)), T0);

        var sending = receiver.SendAsync(
            output.Notifications[0], output.Alerts[0], TestContext.Current.CancellationToken);
        var context = await server.GetContextAsync();
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        context.Response.StatusCode = 503;
        context.Response.Close();
        var attempt = await sending;

        Assert.Equal(output.Notifications[0].Id, context.Request.Headers["Idempotency-Key"]);
        Assert.Contains("\"version\":\"4\"", body, StringComparison.Ordinal);
        Assert.Equal(new Attempt(false, true, "It answered 503."), attempt);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
