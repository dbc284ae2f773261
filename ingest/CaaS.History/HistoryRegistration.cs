using System.Diagnostics.Metrics;
using CaaS.Log;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.History;

/// <summary>Puts the history, and the loop that feeds it, into a container.</summary>
public static class HistoryRegistration
{
    /// <summary>Adds <see cref="IHistory"/>, <see cref="HistoryOptions"/> (section <c>History</c>) and
    /// <see cref="HistoryFeed"/>.</summary>
    /// <param name="services">Container; <c>AddCaasLog</c> gives it the data folder and the log.</param>
    /// <param name="configuration">Configuration with the section.</param>
    /// <returns>The container.</returns>
    public static IServiceCollection AddCaasHistory(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<HistoryOptions>()
            .Bind(configuration.GetSection(HistoryOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HistoryOptions>, HistoryOptionsCheck>());
        services.AddSingleton(provider => HistoryFactory.Open(
            provider.GetRequiredService<IOptions<HistoryOptions>>().Value,
            provider.GetRequiredService<DataFolder>(),
            provider.GetService<IMeterFactory>(),
            provider.GetService<ILogger<IHistory>>()));
        services.AddHostedService<HistoryFeed>();
        return services;
    }
}
