using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.Log;

/// <summary>Puts the data folder and the log into a container.</summary>
public static class LogRegistration
{
    /// <summary>Adds <see cref="DataFolder"/>, <see cref="ILog"/> and <see cref="LogOptions"/> (section
    /// <c>Log</c>).</summary>
    /// <param name="services">Container.</param>
    /// <param name="configuration">Configuration with the section.</param>
    /// <param name="dataFolder">Path of the data folder; locked when the first service that needs it is made.</param>
    /// <returns>The container.</returns>
    /// <remarks>Needs <see cref="TimeProvider"/> in the container; an <see cref="IMeterFactory"/> and logging are
    /// used when there.</remarks>
    public static IServiceCollection AddCaasLog(
        this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        services.AddOptions<LogOptions>()
            .Bind(configuration.GetSection(LogOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LogOptions>, LogOptionsCheck>());
        services.AddSingleton(_ => DataFolder.Open(dataFolder));
        services.AddSingleton(provider => LogFactory.Open(
            provider.GetRequiredService<IOptions<LogOptions>>().Value,
            provider.GetRequiredService<DataFolder>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<IMeterFactory>(),
            provider.GetService<ILogger<ILog>>()));
        return services;
    }
}
