using System.Globalization;
using System.Reflection;

namespace CaaS.Replay;

/// <summary>Puts the recorded settings back into an options object.</summary>
internal static class RecordedSettings
{
    /// <summary>Makes options with their defaults and the recorded changes.</summary>
    /// <typeparam name="T">Options type.</typeparam>
    /// <param name="section">Its configuration section.</param>
    /// <param name="configuration">Recorded settings by configuration key.</param>
    /// <returns>The options.</returns>
    /// <exception cref="FormatException">A value does not fit its property; a key that no longer exists is passed
    /// over.</exception>
    public static T Apply<T>(string section, IReadOnlyDictionary<string, string> configuration)
        where T : class, new()
    {
        var options = new T();
        foreach (var (key, value) in configuration)
        {
            if (key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase))
            {
                Set(options, key, key[(section.Length + 1)..], value);
            }
        }

        return options;
    }

    /// <summary>Sets a property, or one of an options object within.</summary>
    private static void Set(object options, string key, string path, string value)
    {
        var colon = path.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? path : path[..colon];
        var property = options.GetType()
            .GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
        if (colon < 0)
        {
            property?.SetValue(options, Parse(key, value, property.PropertyType));
        }
        else if (property?.GetValue(options) is { } inner)
        {
            Set(inner, key, path[(colon + 1)..], value);
        }
    }

    private static object Parse(string key, string value, Type type)
    {
        try
        {
            return type == typeof(TimeSpan) ? TimeSpan.Parse(value, CultureInfo.InvariantCulture)
                : type.IsEnum ? Enum.Parse(type, value, ignoreCase: true)
                : Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException or ArgumentException)
        {
            throw new FormatException($"The recording's setting {key} = '{value}' is not a {type.Name}.", e);
        }
    }
}
