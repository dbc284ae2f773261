using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CaaS.Orchestration.Runtime.Store.Migrations;

/// <summary>First tables.</summary>
[DbContext(typeof(OrchestrationContext))]
[Migration("20261101000000_Initial")]
internal sealed class Initial : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("orc_operations", table => new
        {
            Id = table.Column<string>(maxLength: 64),
            Revision = table.Column<int>(),
            IncidentId = table.Column<string>(maxLength: 64),
            IsLive = table.Column<bool>(),
            ProposedAtMs = table.Column<long>(),
            Json = table.Column<string>(),
        }, constraints: table => table.PrimaryKey("PK_orc_operations", row => row.Id));
        migrationBuilder.CreateIndex("IX_orc_operations_IncidentId", "orc_operations", "IncidentId");
        migrationBuilder.CreateIndex("IX_orc_operations_IsLive", "orc_operations", "IsLive");
        migrationBuilder.CreateIndex("IX_orc_operations_ProposedAtMs", "orc_operations", "ProposedAtMs");

        migrationBuilder.CreateTable("orc_revisions", table => new
        {
            Id = table.Column<string>(maxLength: 64),
            Revision = table.Column<int>(),
            ChangedAtMs = table.Column<long>(),
            IsPublished = table.Column<bool>(),
            Json = table.Column<string>(),
        }, constraints: table => table.PrimaryKey("PK_orc_revisions", row => new { row.Id, row.Revision }));
        migrationBuilder.CreateIndex("IX_orc_revisions_IsPublished", "orc_revisions", "IsPublished");

        migrationBuilder.CreateTable("orc_settings", table => new
        {
            Number = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
            Name = table.Column<string>(maxLength: 200),
            Value = table.Column<string>(),
            Actor = table.Column<string>(),
            AtMs = table.Column<long>(),
        }, constraints: table => table.PrimaryKey("PK_orc_settings", row => row.Number));
        migrationBuilder.CreateIndex("IX_orc_settings_Name", "orc_settings", "Name");
    }
}
