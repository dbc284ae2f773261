namespace CaaS.Analytics.Text;

/// <summary>Where in a document a term stands; its number is its place in <see cref="FieldCounts"/>.</summary>
internal enum TextField
{
    /// <summary>The title.</summary>
    Title = 0,

    /// <summary>What it is about.</summary>
    Label = 1,

    /// <summary>Headings of sections.</summary>
    Heading = 2,

    /// <summary>Their text.</summary>
    Body = 3,
}
