using System.Net;
using System.Net.Http.Json;
using CaaS.Api.Access;
using CaaS.Client;
using CaaS.Client.Wire;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CaaS.Api.Tests;

public sealed class AccessTests : IAsyncLifetime
{
    private static readonly string[] Open =
    [
        "GET /healthz", "GET /readyz", "GET /metrics", "GET /openapi/{documentName}.json", "GET /sign-in",
        "GET /sign-in.js", "GET /sign-in.css", "POST /api/v1/session",
    ];

    private readonly CancellationToken _none = TestContext.Current.CancellationToken;
    private ApiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync(("Api:SignInsPerMinute", "8"));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_endpoint_is_open_to_those_it_is_for_and_to_nobody_else()
    {
        var viewer = (await _host.Client().CreateTokenAsync(new TokenRequest("v", Role.Viewer), _none)).Secret;
        var wrong = new List<string>();
        foreach (var (method, route) in Endpoints())
        {
            var name = $"{method} {route}";
            var isOpen = Open.Contains(name);
            var isWrite = (method != "GET" || route.EndsWith("/tokens", StringComparison.Ordinal)) && name != "DELETE /api/v1/session";
            var expected = isOpen ? (true, true, true) : isWrite ? (false, false, true) : (false, true, true);
            var actual = (await MayAsync(method, route, ""), await MayAsync(method, route, viewer), await MayAsync(method, route, _host.Token));
            if (expected != actual)
            {
                wrong.Add($"{name}: (anonymous, viewer, operator) may {actual}, not {expected}");
            }
        }

        Assert.Empty(wrong);
        Assert.True(Endpoints().Count() > 40);
    }

    [Fact]
    public async Task What_another_part_of_the_host_maps_needs_a_viewer_too_and_shows_people_where_to_sign_in()
    {
        using var http = _host.Http();
        using var program = await http.GetAsync("page", _none);
        http.DefaultRequestHeaders.Add("Accept", "text/html");
        using var browser = await http.GetAsync("page?a=b", _none);

        Assert.Equal(HttpStatusCode.Unauthorized, program.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, browser.StatusCode);
        Assert.Equal("/sign-in?return=%2Fpage%3Fa%3Db", browser.Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_first_token_is_in_a_file_only_its_owner_reads_and_only_its_hash_is_kept()
    {
        var path = Path.Combine(_host.Data, AccessBook.TokenFile);
        var token = _host.Token;
        Assert.Matches("^caas_op_[0-9a-f]{64}$", token);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        await _host.StopAsync();
        foreach (var file in Directory.GetFiles(_host.Data).Where(file => file != path))
        {
            Assert.DoesNotContain(token, await File.ReadAllTextAsync(file, _none), StringComparison.Ordinal);
        }

        await using var again = await ApiHost.StartOnAsync(Directory.CreateTempSubdirectory("caas-api-").FullName);
        Assert.NotEqual(token, again.Token);
    }

    [Fact]
    public async Task A_restart_keeps_tokens_and_writes_no_new_one()
    {
        var token = _host.Token;
        var made = await _host.Client().CreateTokenAsync(new TokenRequest("ci", Role.Operator), _none);
        await _host.StopAsync();

        await using var again = await ApiHost.StartOnAsync(_host.Data);

        Assert.Equal(token, again.Token);
        Assert.Equal(new Me("ci", Role.Operator), await again.Client(made.Secret).MeAsync(_none));
    }

    [Fact]
    public async Task A_revoked_token_and_the_sessions_opened_with_it_are_refused()
    {
        var made = await _host.Client().CreateTokenAsync(new TokenRequest("v", Role.Viewer), _none);
        var session = await SignInAsync(made.Secret);
        Assert.Equal(HttpStatusCode.OK, await GetMeAsync(session));

        await _host.Client().RevokeTokenAsync(made.Token.Id, _none);

        Assert.Equal(HttpStatusCode.Unauthorized, await GetMeAsync(session));
        var error = await Assert.ThrowsAsync<CaaSClientException>(() => _host.Client(made.Secret).MeAsync(_none));
        Assert.Equal(HttpStatusCode.Unauthorized, error.Status);
        Assert.Contains(await _host.Client().TokensAsync(_none), token => token.Id == made.Token.Id && token.RevokedAt is not null);
    }

    [Fact]
    public async Task A_session_is_a_strict_cookie_that_ends_by_itself_and_by_signing_out()
    {
        using var http = _host.Http();
        using var response = await http.PostAsJsonAsync("api/v1/session", new SignIn(_host.Token), _none);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        var one = cookie.Split(';')[0];
        var two = await SignInAsync(_host.Token);

        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await GetMeAsync(one));
        using var signOut = await SendAsync(HttpMethod.Delete, "api/v1/session", one, ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(HttpStatusCode.NoContent, signOut.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await GetMeAsync(one));
        Assert.Equal(HttpStatusCode.OK, await GetMeAsync(two));
        _host.Time.Advance(TimeSpan.FromHours(13));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetMeAsync(two));
    }

    [Fact]
    public async Task A_session_secret_is_good_as_a_bearer_but_not_to_sign_in_with()
    {
        var session = (await SignInAsync(_host.Token)).Split('=')[1];

        Assert.Equal(Role.Operator, (await _host.Client(session).MeAsync(_none)).Role);
        using var http = _host.Http();
        using var response = await http.PostAsJsonAsync("api/v1/session", new SignIn(session), _none);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task With_a_cookie_only_our_own_pages_may_change_something()
    {
        var session = await SignInAsync(_host.Token);
        var own = _host.Address.GetLeftPart(UriPartial.Authority);
        foreach (var (header, value, expected) in ((string, string, HttpStatusCode)[])
        [
            ("", "", HttpStatusCode.Forbidden),
            ("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden),
            ("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden),
            ("Sec-Fetch-Site", "none", HttpStatusCode.Forbidden),
            ("Origin", "http://evil.example", HttpStatusCode.Forbidden),
            ("Origin", "null", HttpStatusCode.Forbidden),
            ("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK),
            ("Origin", own, HttpStatusCode.OK),
        ])
        {
            using var response = await SendAsync(
                HttpMethod.Post, "api/v1/alerts/i1/acknowledge", session, (header, value));

            Assert.True(response.StatusCode == expected, $"{header}: {value} gave {response.StatusCode}");
        }
    }

    [Fact]
    public async Task A_link_signs_in_once_and_its_secret_is_in_the_fragment()
    {
        var link = new Uri(ApiShell.SignInLink(_host.Services, _host.Address));
        var code = link.Fragment.Replace("#token=", "", StringComparison.Ordinal);
        Assert.Equal("/sign-in", link.PathAndQuery);

        var session = await SignInAsync(code);
        using var http = _host.Http();
        using var second = await http.PostAsJsonAsync("api/v1/session", new SignIn(code), _none);
        var late = ApiShell.SignInLink(_host.Services, _host.Address).Split("#token=")[1];
        _host.Time.Advance(TimeSpan.FromMinutes(16));
        using var third = await http.PostAsJsonAsync("api/v1/session", new SignIn(late), _none);

        Assert.Equal(HttpStatusCode.OK, await GetMeAsync(session));
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, third.StatusCode);
    }

    [Fact]
    public async Task Guessing_is_slowed_down_and_another_sites_form_is_refused()
    {
        using var http = _host.Http();
        using var forged = new HttpRequestMessage(HttpMethod.Post, "api/v1/session") { Content = JsonContent.Create(new SignIn("x")) };
        forged.Headers.Add("Origin", "http://evil.example");
        using var refused = await http.SendAsync(forged, _none);
        var codes = new List<HttpStatusCode>();
        for (var guess = 0; guess < 9; guess++)
        {
            using var response = await http.PostAsJsonAsync("api/v1/session", new SignIn($"caas_op_{guess}"), _none);
            codes.Add(response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, codes[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, codes[^1]);
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused()
    {
        using var http = _host.Http(_host.Token);

        using var response = await http.PostAsJsonAsync(
            "api/v1/alerts/i1/comment", new CommentRequest(new string('x', 70_000)), _none);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(_host.Stages.Commands);
    }

    [Fact]
    public async Task A_token_needs_a_decent_name()
    {
        foreach (var name in (string[])["", " ", "a\nb", new string('x', 65)])
        {
            var error = await Assert.ThrowsAsync<CaaSClientException>(
                () => _host.Client().CreateTokenAsync(new TokenRequest(name, Role.Viewer), _none));

            Assert.Equal(HttpStatusCode.BadRequest, error.Status);
        }
    }

    private IEnumerable<(string Method, string Route)> Endpoints() =>
        from endpoint in _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.RoutePattern.RawText != "/page"
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'));

    /// <summary>True when the server takes the request in, whatever it then thinks of it.</summary>
    private async Task<bool> MayAsync(string method, string route, string token)
    {
        using var http = _host.Http(token);
        var path = route.Replace("{documentName}", "v1", StringComparison.Ordinal)
            .Replace("{id}", "x", StringComparison.Ordinal).Replace("{name}", "x", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT")
        {
            request.Content = new StringContent("not json", System.Text.Encoding.UTF8, "application/json");
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _none);
        return response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
    }

    private async Task<string> SignInAsync(string secret)
    {
        using var http = _host.Http();
        using var response = await http.PostAsJsonAsync("api/v1/session", new SignIn(secret), _none);
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private async Task<HttpStatusCode> GetMeAsync(string cookie)
    {
        using var response = await SendAsync(HttpMethod.Get, "api/v1/me", cookie);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string cookie, params (string Name, string Value)[] headers)
    {
        using var http = _host.Http();
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", cookie);
        foreach (var (name, value) in headers.Where(header => header.Name.Length > 0))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request, _none);
    }
}
