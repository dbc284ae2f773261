using System.Threading.RateLimiting;
using CaaS.Api.Access;
using CaaS.Api.Analysis;
using CaaS.Api.Commands;
using CaaS.Api.Endpoints;
using CaaS.Api.Feed;
using CaaS.Api.Platform;
using CaaS.Api.Recordings;
using CaaS.Api.Similar;
using CaaS.Api.Store;
using CaaS.Client;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CaaS.Api;

/// <summary>How a host serves the API.</summary>
public static class ApiShell
{
    /// <summary>Name of the authorization policy of those who may read.</summary>
    public const string ViewerPolicy = "viewer";

    /// <summary>Name of the authorization policy of those who may change things.</summary>
    public const string OperatorPolicy = "operator";

    /// <summary>Claim of a user signed in by cookie: the session's token, for pages that ask the API in the user's
    /// name.</summary>
    public const string SessionClaim = "session";

    /// <summary>Adds what the endpoints need. The ports of the stages, <c>ILog</c>, <c>IHistory</c> and
    /// <c>TimeProvider</c> come from elsewhere.</summary>
    /// <param name="services">Services of the host.</param>
    /// <param name="configuration">Configuration with the sections <c>Api</c> and <c>Platform</c>.</param>
    /// <param name="database">Chooses the database.</param>
    /// <returns>The same services.</returns>
    /// <remarks>Every endpoint of the host needs a signed-in viewer unless it says otherwise.</remarks>
    public static IServiceCollection AddApi(
        this IServiceCollection services,
        IConfiguration configuration,
        Action<DbContextOptionsBuilder> database)
    {
        var section = configuration.GetSection(ApiOptions.Section);
        services.AddOptions<ApiOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(PlatformIdentity.From(configuration));
        services.ConfigureHttpJsonOptions(options => CaaSJson.Configure(options.SerializerOptions));
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Explain);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer<OpenApiSecurity>();
            options.AddSchemaTransformer<WordSchema>();
            var usual = options.CreateSchemaReferenceId;
            options.CreateSchemaReferenceId = type => WordSchema.IsWord(type.Type) ? null : usual(type);
        });
        services.AddDbContextFactory<ApiContext>(options =>
        {
            database(options);
            ApiContext.KeepOwnMigrations(options);
        });
        services.AddSingleton<ApiDatabase>();
        AddAccess(services);
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<OutcomeReader>();
        services.AddHostedService(provider => provider.GetRequiredService<OutcomeReader>());
        services.AddSingleton<CommandSender>();
        services.AddSingleton<ApiMeter>();
        services.AddSingleton<FeedHub>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedHub>());
        services.AddSingleton<SourceWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<SourceWatch>());
        services.AddSingleton<PlatformReport>();
        services.AddSingleton<MetricsPage>();
        services.AddHostedService(provider => provider.GetRequiredService<MetricsPage>());
        services.AddSingleton<RecordingExport>();
        services.AddSingleton<DerivedHistory>();
        services.AddSingleton<MeasuredSeries>();
        services.AddSingleton<BacktestRunner>();
        services.AddSingleton<ForecastRunner>();
        services.AddSingleton<PastIncidents>();
        services.AddSingleton<SimilarIncidents>();
        services.AddSingleton<IDoctorCheck, DocumentsCheck>();
        services.AddRateLimiter(options => options.RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<ApiOptions>>(AddLimits);
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ApiOptions>>(BelieveProxy);
        return services;
    }

    /// <summary>Adds the steps every request goes through: proxy headers, errors, who it is, limits, whether it
    /// may.</summary>
    /// <param name="app">The host's pipeline; call before anything is mapped.</param>
    /// <returns>The same pipeline.</returns>
    public static IApplicationBuilder UseApi(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<IOptions<ApiOptions>>().Value.BehindProxy)
        {
            app.UseForwardedHeaders();
        }

        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = error =>
                error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages();
        app.UseMiddleware<SecurityHeaders>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<SameOriginGuard>();
        app.UseRateLimiter();
        app.UseAuthorization();
        return app;
    }

    /// <summary>Maps all endpoints of the API, its description, its health and the page people sign in at.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <returns>The same endpoints.</returns>
    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder endpoints)
    {
        var reads = endpoints.MapGroup("/api/v1").RequireAuthorization(ViewerPolicy);
        var writes = endpoints.MapGroup("/api/v1").RequireAuthorization(OperatorPolicy)
            .WithMetadata(new RequestLimit());
        AlertEndpoints.Map(reads, writes);
        IncidentEndpoints.Map(reads);
        FeedbackEndpoints.Map(reads, writes);
        ModelEndpoints.Map(reads, writes);
        DocumentEndpoints.Map(reads);
        OperationEndpoints.Map(reads, writes);
        HistoryEndpoints.Map(reads);
        BacktestEndpoints.Map(reads);
        ForecastEndpoints.Map(reads);
        PlatformEndpoints.Map(reads);
        AccessEndpoints.Map(endpoints, reads, writes);
        FeedEndpoint.Map(reads);
        RecordingEndpoint.Map(reads);
        OpenEndpoints.Map(endpoints);
        return endpoints;
    }

    /// <summary>Makes a link that signs a browser in as operator, once, within 15 minutes.</summary>
    /// <param name="services">Services of the running host.</param>
    /// <param name="address">Address the browser reaches the server at.</param>
    /// <returns>The link; its secret is in the fragment, which browsers never send, so it reaches no server
    /// log.</returns>
    public static string SignInLink(IServiceProvider services, Uri address) =>
        $"{address.GetLeftPart(UriPartial.Authority)}/sign-in#token={services.GetRequiredService<SignInCodes>().New()}";

    /// <summary>Says what is wrong with a request; what is wrong with the server stays in its log.</summary>
    private static void Explain(ProblemDetailsContext context)
    {
        if (context.Exception is BadHttpRequestException bad)
        {
            context.ProblemDetails.Title = "The request makes no sense.";
            context.ProblemDetails.Detail = bad.Message;
        }
    }

    private static void AddAccess(IServiceCollection services)
    {
        services.AddSingleton<AccessBook>();
        services.AddHostedService(provider => provider.GetRequiredService<AccessBook>());
        services.AddSingleton<SignInCodes>();
        services.AddAuthentication(TokenAuthentication.Scheme)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme, null);
        var viewer = new AuthorizationPolicyBuilder().RequireAuthenticatedUser()
            .RequireRole(Roles.Viewer, Roles.Operator).Build();
        services.AddAuthorizationBuilder()
            .AddPolicy(ViewerPolicy, viewer)
            .AddPolicy(OperatorPolicy, policy => policy.RequireAuthenticatedUser().RequireRole(Roles.Operator))
            .SetDefaultPolicy(viewer)
            .SetFallbackPolicy(viewer);
    }

    private static void AddLimits(RateLimiterOptions limits, IOptions<ApiOptions> options)
    {
        limits.AddPolicy(Limits.SignIn, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = options.Value.SignInsPerMinute,
                Window = TimeSpan.FromMinutes(1),
                QueueLimit = 0,
            }));
        limits.AddConcurrencyLimiter(Limits.History, limiter =>
        {
            limiter.PermitLimit = options.Value.HistoryQueryCount;
            limiter.QueueLimit = 4 * options.Value.HistoryQueryCount;
        });
    }

    private static void BelieveProxy(ForwardedHeadersOptions forwarded, IOptions<ApiOptions> options)
    {
        forwarded.ForwardedHeaders =
            ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        foreach (var network in options.Value.ProxyNetworks)
        {
            forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }
    }
}
